"""Whatever stands in an export, a cluster reads what one process does."""

from pathlib import Path
from random import Random

import pytest
from distributed import Client

from kpicli.loaders.engines.cluster.engine import Dask
from kpicli.loaders.engines.local import SingleThread
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
