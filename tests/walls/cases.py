"""All cases together, by table."""

from collections import defaultdict
from itertools import chain

from tests.walls import (
    acts,
    beginning,
    desk,
    erasing,
    mending,
    misplacing,
    moving,
    records,
    stores,
    waiting,
)
from tests.walls.bench import Case


def everything() -> dict[str, list[Case]]:
    found = defaultdict[str, list[Case]](list)
    for table, cases in records.everything().items():
        found[table] += cases
    for case in chain(
        acts.of_every_record(),
        acts.of_adding(),
        acts.of_registering(),
        beginning.of_a_municipality(),
        acts.with_links(),
        stores.of_grants(),
        stores.of_lines(),
        stores.of_the_log(),
        mending.of_versions(),
        moving.of_seats(),
        moving.of_referrals(),
        moving.of_incapacity(),
        moving.of_broken_glass(),
        moving.of_searching(),
        erasing.of_every_record(),
        erasing.of_what_hangs_on_a_client(),
        erasing.of_data_keys(),
        desk.of_requests(),
        desk.of_decisions(),
        desk.of_tombstones(),
        desk.of_the_officer(),
        misplacing.of_tombstones(),
        waiting.of_reminders(),
        waiting.of_employers(),
    ):
        found[case.table].append(case)
    return dict(found)
