"""Living a simulated city for some days: what `up` does at its first start, and `simulate` at will."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from hotline.config.complaint import Complaint
from hotline.config.paths import DataFolder

if TYPE_CHECKING:
    from hotline.jobs.simulate.course import Course
    from hotline.jobs.simulate.living import Outcome

DEMO_DAYS, DEMO_PER_DAY, DEMO_SEED = 86, 7, "demo"
LIVING = "正在让演示城市过完近三个月（{0} 天，每天 {1} 件；--no-demo 可以不要）……"
LIVED = "演示城市有了 {0} 件事项、{1} 步。"
NOT_LIVED = "演示城市没有历史：{0}"


def demo() -> "Course":
    """The demonstration's: the months that end now, by the city's own calendar days."""
    from django.conf import settings

    from hotline.config import wiring
    from hotline.jobs.simulate import course
    from hotline.procedure import times

    tz = wiring.load_book(settings.HOTLINE_RULEBOOK).tz
    return course.ending(DEMO_SEED, times.wall(), DEMO_DAYS, DEMO_PER_DAY, tz)


def owed(folder: DataFolder, *, fresh: bool) -> "Course | None":
    """What a simulated city is still to live before anybody looks at it: the demonstration where it is to be made, or
    what was broken off."""
    from hotline.jobs.simulate import course

    before = course.read(folder.root)
    if before is not None and not before.done:
        return before
    if not fresh:
        return None
    one = demo()
    course.write(folder.root, one)
    return one


def live(folder: DataFolder, one: "Course") -> "Outcome":
    """Live it in the city at hand, with a bar on stderr. Raises Complaint."""
    from hotline.jobs.simulate import course
    from hotline.jobs.simulate.people import NoPeople
    from hotline.rules.errors import UncoveredYear

    try:
        with progress(one.first, one.days) as passed:
            return course.live(folder.root, folder.seals, one, passed)
    except (NoPeople, UncoveredYear) as error:
        raise Complaint(str(error)) from error


@contextlib.contextmanager
def progress(first: date, days: int) -> Iterator[Callable[[date], object]]:
    """A bar on stderr, by days."""
    from tqdm import tqdm

    with tqdm(total=days, desc="模拟", unit="天", file=sys.stderr, mininterval=0.5, dynamic_ncols=True) as bar:

        def passed(day: date) -> None:
            bar.update(max(0, min((day - first).days, days) - bar.n))

        yield passed
        bar.update(days - bar.n)
