"""Whatever stands in an export, a cluster reads what one process does."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from distributed import Client

from kpicli.loaders import reading
from kpicli.loaders.engines.cluster.engine import Dask
from kpicli.loaders.engines.local import SingleThread
from kpicli.loaders.reading import Job, Task
from support.encodings import ENCODERS, declared
from support.engines import loaded
from support.messy_export import messy, seen


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 106))
def test_a_cluster_makes_no_difference(seed: int, tmp_path: Path, client: Client) -> None:
    """Spans of some rows, each read by either of two workers."""
    random = Random(seed)
    (tmp_path / "v.csv").write_bytes(messy(random))
    config = tmp_path / "kpicli.toml"
    config.write_text('[exports]\nvoices = "v.csv"\n')
    whole = seen(loaded(config, SingleThread())["voices"])
    assert seen(loaded(config, Dask(client, random.randrange(400, 4000)))["voices"]) == whole


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "iso2022_jp", "euc_jp"])
def test_workers_transcode_spans_of_their_own(
    encoding: str, tmp_path: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only spans are tasks, of a file with quotes and line breaks in its cells; it never is one."""
    cells = ("", '5"', '"お客様の\r\n""声""①\n"')
    rows = [f"V{n % 190:04},2025/4/{n % 30 + 1},生保,感謝,{cells[n % 3]}\n" for n in range(200)]
    text = "受付番号,受付日,商品区分,声の区分,内容\n" + "".join(rows)
    (tmp_path / "v.csv").write_bytes(ENCODERS[encoding](text))
    named = declared(encoding)
    options = f', encoding = "{named}"' if named else ""
    config = tmp_path / "kpicli.toml"
    config.write_text(f'[exports]\nvoices = {{ files = "v.csv"{options} }}\n', "utf-8")
    whole = seen(loaded(config, SingleThread())["voices"])
    tasks: list[Task] = []
    all_tasks = Job.tasks

    def watched(job: Job, size: int) -> Iterator[Task]:
        for task in all_tasks(job, size):
            tasks.append(task)
            yield task

    monkeypatch.setattr(Job, "tasks", watched)
    monkeypatch.setattr(reading, "read_alone", lambda *_: pytest.fail("it was read as a whole"))
    assert seen(loaded(config, Dask(client, 1000))["voices"]) == whole
    assert len(tasks) > 5
    assert all(task.span is not None for task in tasks)
