"""One definition per kind of trajectory, as data (source: domain, part B)."""

from app.domain.trajectory.rules.kinds import Kind
from app.domain.trajectory.rules.processes import (
    green_activation,
    green_job,
    green_recovery,
    ips,
    oad,
    wgb,
)
from app.domain.trajectory.rules.steps import NOWHERE, Process, Region

PROCESSES: dict[Kind, Process] = {
    process.kind: process
    for process in (
        wgb.PROCESS,
        ips.PROCESS,
        oad.PROCESS,
        green_activation.PROCESS,
        green_job.PROCESS,
        green_recovery.PROCESS,
    )
}


def process_of(kind: Kind, region: Region | None = None) -> Process:
    """The process of a kind, as it goes in a region."""
    process = PROCESSES[kind]
    return process if region is None or region == NOWHERE else process.within(region)
