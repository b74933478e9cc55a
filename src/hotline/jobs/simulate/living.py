"""过日子 (living): the steps of all matters in the one order of instants, the clock running between them, each day sealed
when it is over. What is recorded already is found again and goes on from there."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from time import monotonic
from typing import cast

from hotline.casework import clock, models
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Matter, Order
from hotline.casework.statuses import MatterStatus
from hotline.casework.transitions.intake import Register
from hotline.casework.transitions.joining import JoinMatter
from hotline.jobs.replay.days import Days
from hotline.jobs.simulate import intake
from hotline.jobs.simulate.agenda import Step, next_step
from hotline.jobs.simulate.people import City
from hotline.jobs.simulate.plots import Plot
from hotline.procedure.engine import Refused
from hotline.procedure.forms import FormErrors
from hotline.procedure.perform import Done, Subject, perform, read
from hotline.procedure.together import Act, perform_together
from hotline.rules.errors import UncoveredYear

PORTION = 500  # matters looked for at a time
TOGETHER = 100  # steps a transaction
SECOND = timedelta(seconds=1)
EXPECTED = (Refused, FormErrors, UncoveredYear)


@dataclass(slots=True)
class Life:
    """一生: a matter's plot and what has become of it; `version` tells the step last thought of from those before."""

    plot: Plot
    matter_id: int | None = None
    next_at: datetime | None = None
    version: int = 0
    seq: int = 0
    shut: set[tuple[str, int]] = field(default_factory=set)
    others: frozenset[int] = frozenset()  # the matters joined with it


@dataclass(frozen=True, slots=True)
class Refusal:
    """没办成: what a card refused: which matter, what, why. Nobody at a page would have been offered it."""

    key: str
    term: str
    because: str


@dataclass(slots=True)
class Outcome:
    """结果: matters found recorded already and newly registered, acts performed, what was refused, and how long."""

    found: int = 0
    registered: int = 0
    acts: int = 0
    refused: list[Refusal] = field(default_factory=list)
    seconds: float = 0.0


class Living:
    """过日子: one run."""

    def __init__(self, city: City, days: Days, end: datetime, passed: Callable[[date], object]):
        self.city, self.days, self.end, self.passed = city, days, end, passed
        self.queue: list[tuple[datetime, str, int, Life, Step | None]] = []
        self.by_id: dict[int, Life] = {}
        self.outcome = Outcome()
        days.swept = self._swept

    def run(self, plots: Iterable[Plot]) -> Outcome:
        """All that happens until the end."""
        began = monotonic()
        self._begin(list(plots))
        self.days.falls_at = clock.next_at()
        while self._on():
            pass
        self.days.advance(self.end)
        self.outcome.seconds = monotonic() - began
        return self.outcome

    def _begin(self, plots: Sequence[Plot]) -> None:
        """Who is recorded goes on from there; who is not will be registered."""
        lives = [Life(plot) for plot in plots]
        for i in range(0, len(lives), PORTION):
            some = lives[i : i + PORTION]
            known = models.Matter.objects.filter(registered_at__in=[life.plot.at for life in some])
            there = {matter.registered_at: matter for matter in known.only("registered_at", "id", "status")}
            for life in some:
                matter = there.get(life.plot.at)
                if matter is None:
                    heapq.heappush(self.queue, (life.plot.at, life.plot.key, 0, life, None))
                    continue
                self.outcome.found += 1
                if matter.status != MatterStatus.ARCHIVED:  # else its file is closed for good
                    self._think(life, cast("MatterDossier", read(Register.chain, matter.id)))

    def _on(self) -> bool:
        """What happens next: the clock's, or some people's; false when nothing is left before the end."""
        first = self.queue[0][0] if self.queue else None
        falls = self.days.falls_at
        if falls is not None and falls <= self.end and (first is None or falls <= first):
            self._pass(falls)
            return True
        if first is None or first > self.end:
            return False
        self._pass(first)
        self._perform(self._some(falls))
        return True

    def _some(self, until: datetime | None) -> list[tuple[Life, Step | None]]:
        """Steps to be taken together: the next ones, all before the day ends and before the clock has to look. Each is
        on a matter of its own, so that none bears on another; one that does is taken alone."""
        assert self.days.now is not None, "time has passed"
        over = self.city.book.calendar.end_of_calendar_day(self.days.now, 0)[0]
        limit = min(filter(None, (until, over, self.end + SECOND)))
        found: list[tuple[Life, Step | None]] = []
        while self.queue and len(found) < TOGETHER and self.queue[0][0] < limit:
            _, _, version, life, step = self.queue[0]
            if version == life.version and found and _reaches(life, step):
                break
            heapq.heappop(self.queue)
            if version == life.version:
                found.append((life, step))
                if _reaches(life, step):
                    break
        return found

    def _pass(self, at: datetime) -> None:
        before = self.days.today
        self.days.advance(max(at, self.days.now or at))
        if self.days.today is not None and self.days.today != before:
            self.passed(self.days.today)

    def _perform(self, some: Sequence[tuple[Life, Step | None]]) -> None:
        """What was thought of is done; who is refused thinks of something else."""
        steps = [(life, step) for life, step in some if step is not None]
        acts = [self._act(*one) for one in steps]
        became = [_alone(acts[0])] if steps and _reaches(*steps[0]) else perform_together(acts)
        done = dict(zip((id(life) for life, _ in steps), became, strict=True))
        for life, step in some:
            self._became(life, step, self._register(life) if step is None else done[id(life)])

    def _became(self, life: Life, step: Step | None, what: Done | Exception) -> None:
        if isinstance(what, EXPECTED):
            self._refused(life, step, what)
        elif isinstance(what, Exception):
            raise what
        else:
            self.outcome.acts += 1
            before = life.others
            self._think(life, cast("MatterDossier", what.dossier))
            self._swept(sorted(before | life.others))
            self.days.performed(life)

    def _act(self, life: Life, step: Step) -> Act:
        subject = Subject(step.card.chain, life.matter_id, step.row)
        return Act(step.card, subject, step.form, step.actor, max(step.at, self.days.now or step.at))

    def _register(self, life: Life) -> Done | Exception:
        form, actor = intake.registration(self.city, life.plot), intake.registrar(self.city, life.plot)
        try:
            done = perform(Register, Subject(Register.chain), form, actor=actor, now=life.plot.at)
        except EXPECTED as error:
            return error
        life.matter_id = done.chain.id
        self.outcome.registered += 1
        return done

    def _refused(self, life: Life, step: Step | None, error: Exception) -> None:
        """Noted, and something else is thought of; a refused registration is the end of it."""
        term = (step.card if step else Register).term
        because = str(error)
        if isinstance(error, Refused):
            because = error.verdict.because
        elif isinstance(error, FormErrors):
            because = error.problems[0].because
        if step is None or not step.may_fail:
            self.outcome.refused.append(Refusal(life.plot.key, term, because))
        if step is not None and life.matter_id is not None:
            life.shut.add((step.card.name(), step.index))
            self._think(life, cast("MatterDossier", read(step.card.chain, life.matter_id)))

    def _swept(self, chains: Sequence[int]) -> None:
        """The clock has acted on these, or somebody on a matter joined with them: what comes next may be another
        thing."""
        for life in filter(None, map(self.by_id.get, chains)):
            assert life.matter_id is not None
            self._think(life, cast("MatterDossier", read(Register.chain, life.matter_id)))

    def _think(self, life: Life, dossier: MatterDossier) -> None:
        """What comes next on a matter."""
        life.matter_id = dossier.chain.id
        self.by_id[dossier.chain.id] = life
        if dossier.head.seq != life.seq:
            life.seq = dossier.head.seq
            life.shut.clear()
        life.others = frozenset(li.other_id for li in (*dossier.joined(), dossier.main()) if li)
        rows: list[Matter | Order] = [dossier.matter, *dossier.orders]
        looked_at = [row.next_decision_at for row in rows if row.next_decision_at]
        life.next_at = min(looked_at, default=None)
        life.version += 1
        step = next_step(self.city, life.plot, dossier, life.shut)
        if step is not None:
            heapq.heappush(self.queue, (step.at, life.plot.key, life.version, life, step))


def _reaches(life: Life, step: Step | None) -> bool:
    """Whether it bears on another matter."""
    return step is not None and (bool(life.others) or step.card is JoinMatter)


def _alone(act: Act) -> Done | Exception:
    """One act in a transaction of its own, which may lock other matters besides."""
    try:
        return perform(act.card, act.subject, act.form, actor=act.actor, now=act.now)
    except EXPECTED as error:
        return error
