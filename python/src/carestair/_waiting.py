"""Waiting for the engine: progress is shown, and Ctrl-C is heard, while it lives worlds."""

from __future__ import annotations

import sys
import threading
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from carestair.errors import EngineMissingError

if TYPE_CHECKING:
    from types import ModuleType

Progress: TypeAlias = "bool | Callable[[int, int], None] | None"
Stop: TypeAlias = "Callable[[], bool] | None"
Result = TypeVar("Result")

_SECONDS_BETWEEN_LOOKS = 0.05


def engine() -> ModuleType:
    """Return the engine; EngineMissingError says how to get it."""
    try:
        from carestair import _engine
    except ImportError as error:
        raise EngineMissingError(
            f"the engine cannot be loaded ({error})\n"
            "  build it with `cmake --preset release && cmake --build --preset release`, "
            "or install the package with `pip install ./python`"
        ) from error
    return _engine


class _Bar:
    """Replications finished, in a terminal or a notebook."""

    def __init__(self, unit: str) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a notebook without widgets gets a plain bar
            from tqdm.auto import tqdm

            self._bar = tqdm(unit=unit, leave=False, total=None)

    def __call__(self, finished: int, planned: int) -> None:
        if self._bar.total != planned:
            self._bar.total = planned
            self._bar.refresh()
        self._bar.update(finished - self._bar.n)

    def close(self) -> None:
        self._bar.close()


class _Told:
    """A function of the user, called when there is news."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self._tell = tell
        self._last = -1

    def __call__(self, finished: int, planned: int) -> None:
        if finished != self._last:
            self._last = finished
            self._tell(finished, planned)

    def close(self) -> None:
        pass


def _is_watched() -> bool:
    """Whether somebody looks on: a terminal, or a notebook."""
    return sys.stderr.isatty() or "ipykernel" in sys.modules


def shown_by(progress: Progress, unit: str = "replication") -> _Bar | _Told | None:
    if callable(progress):
        return _Told(progress)
    if progress is not None and not isinstance(progress, bool):
        raise TypeError(f"progress must be True, False, None or a function, not {progress!r}")
    wanted = _is_watched() if progress is None else progress
    return _Bar(unit) if wanted else None


class _Work(threading.Thread, Generic[Result]):
    """One call of the engine, in a thread of its own, so that this one can hear Ctrl-C."""

    def __init__(self, work: Callable[[Any], Result], control: Any) -> None:
        super().__init__(name="carestair", daemon=True)
        self._work = work
        self._control = control
        self._result: Result | None = None
        self._error: BaseException | None = None
        self._over = threading.Event()

    def run(self) -> None:
        try:
            self._result = self._work(self._control)
        except BaseException as error:
            self._error = error
        finally:
            self._over.set()

    def is_over(self, seconds: float) -> bool:
        """Wait a while for the end. Joining would not do: Ctrl-C in it ends it for good."""
        return self._over.wait(seconds)

    def result(self) -> Result:
        if self._error is not None:
            raise self._error
        return self._result  # type: ignore[return-value]  # set when there was no error


def wait_for(
    work: Callable[[Any], Result], progress: Progress, stop: Stop
) -> tuple[Result, KeyboardInterrupt | None]:
    """Do `work(control)` and return what it returns, with the Ctrl-C that ended it, if one did.

    `progress` and `stop` are called in this thread, some times a second. What they raise ends the
    work as Ctrl-C does, and is raised.
    """
    if stop is not None and not callable(stop):
        raise TypeError(f"stop must be a function or None, not {stop!r}")
    control = engine().Control()
    running = _Work(work, control)
    shown = shown_by(progress)
    interrupt: KeyboardInterrupt | None = None
    failure: BaseException | None = None

    def look() -> None:
        if shown is not None and control.planned > 0:
            shown(control.finished, control.planned)
        if stop is not None and stop():
            control.stop()

    running.start()
    over = False
    while not over:
        try:
            over = running.is_over(_SECONDS_BETWEEN_LOOKS)
            if failure is None:
                look()
        except KeyboardInterrupt as error:
            interrupt = error
            control.stop()
        except BaseException as error:
            failure = error
            control.stop()
    if shown is not None:
        shown.close()
    result = running.result()
    if failure is not None:
        raise failure
    return result, interrupt
