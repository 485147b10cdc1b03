"""A caseload of mixed courses beside the two worked plays: written as a table, played as they."""

from collections.abc import Iterator

from app.demo.caseload import beginning, living, working
from app.demo.caseload.course import DEEDS, Course, steps_of
from app.demo.caseload.ips_courses import COURSES as IPS
from app.demo.caseload.other_courses import COURSES as OTHERS
from app.demo.cast import Cast
from app.demo.player import Player
from app.demo.script import Scene, Step

__all__ = ["COURSES", "DEEDS", "beginning", "living", "played_by", "working"]

COURSES = (*IPS, *OTHERS)
"""Twenty clients, twenty-three trajectories."""


def played_by(player: Player, cast: Cast) -> Iterator[tuple[tuple[Step, ...], Scene]]:
    """Each course as a script, with the scene in which it is played."""
    for course in COURSES:
        yield steps_of(course), scene_of(course, player, cast)


def scene_of(course: Course, player: Player, cast: Cast) -> Scene:
    return Scene(player, cast, course.client, course.seat, casting=course.casting)
