"""Whether the work is shared out on this machine."""

from kpicli.loaders.engines.interface import processors
from kpicli.loaders.engines.local import SingleThread, local_engine


def test_little_work_is_not_shared_out() -> None:
    """Sharing out costs more than reading a few megabytes; where one may not fork, threads do."""
    assert isinstance(local_engine(1000), SingleThread)
    assert isinstance(local_engine(1 << 30), SingleThread) is (processors() == 1)
