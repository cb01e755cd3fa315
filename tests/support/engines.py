"""Every engine of this machine, datasets read by one, and a task that can fail or kill."""

import os
import signal
import time
from datetime import date
from pathlib import Path

from kpicli.base.errors import InputError
from kpicli.base.wording import Text
from kpicli.loaders.engines.interface import Engine
from kpicli.loaders.engines.local import SingleThread, Threads
from kpicli.loaders.engines.processes import Processes
from kpicli.loaders.load import load
from kpicli.loaders.rows.dataset import Dataset
from kpicli.settings.settings import read_settings

TODAY = date(2025, 11, 1)
ENGINES = (SingleThread, Threads, Processes)


def small(engine: type[SingleThread | Threads | Processes]) -> Engine:
    """Return an engine whose spans are so small that every file has many."""
    made = engine()
    made.span = 4000
    return made


def loaded(config: Path, engine: Engine | None = None) -> dict[str, Dataset]:
    """Return every source that the settings export."""
    settings = read_settings(config)
    return load(settings, settings.values.exports, TODAY, engine=engine)


def double(number: int) -> int:
    """Return twice the number; 13 cannot be doubled, and 21 kills who tries it elsewhere."""
    if number == 13:
        raise InputError(Text("13", "thirteen"))
    if number == 21 and os.getpid() != HOME:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.001 * (number % 3))
    return 2 * number


HOME = os.getpid()
