"""A course in short: who plays it, and what happens so many weeks after its first day."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.demo.script import Scene, Step

Deed = Callable[..., Awaitable[None]]
DEEDS: dict[str, tuple[str, Deed]] = {}
"""By the name that the table uses: how it is told, and what is done."""


@dataclass(frozen=True)
class Course:
    """`course` reads `week deed:word:word deed; week deed`; a week may have days, as `3.2`."""

    client: str
    born: str
    kind: str
    benefit: str
    wish: str
    begins: str
    course: str
    seat: str = "expert"
    casting: Mapping[str, str] = field(default_factory=dict)
    """Who plays each part, by role; who is not named here is `role-client`."""


def deed(name: str, words: str) -> Callable[[Deed], Deed]:
    """Enter a function in the table's language, with its words for the reader."""

    def enter(done: Deed) -> Deed:
        DEEDS[name] = (words, done)
        return done

    return enter


def steps_of(course: Course) -> tuple[Step, ...]:
    """Each line of the course as a step of a play."""
    return tuple(_steps(course))


def _steps(course: Course) -> Iterator[Step]:
    for line in course.course.split(";"):
        when, *names = line.split()
        weeks, _, days = when.partition(".")
        day = date.fromisoformat(course.begins) + timedelta(int(weeks) * 7 + int(days or 0))
        done = [_read(name) for name in names]
        words = ", ".join(DEEDS[name][0].format(*map(spoken, said)) for name, said in done)
        yield Step(day.isoformat(), f"{words}.", _together(course, day.isoformat(), done))


def _read(name: str) -> tuple[str, list[str]]:
    """A deed and what is said of it; a name that nobody knows is a fault of the table."""
    name, *said = name.split(":")
    if name not in DEEDS:
        raise LookupError(f"the table names a deed that there is not: {name}")
    return name, said


def spoken(word: str) -> str:
    """As people read it: a stroke stands for a space in the table."""
    return word.replace("_", " ")


def _together(
    course: Course, day: str, done: list[tuple[str, list[str]]]
) -> Callable[[Scene], Awaitable[None]]:
    async def act(scene: Scene) -> None:
        for name, said in done:
            await DEEDS[name][1](scene, course, day, *said)

    return act
