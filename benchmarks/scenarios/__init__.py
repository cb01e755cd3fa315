"""What is measured, in the order of docs/performance.md: a module holds one scenario or two alike.

`declared` says what a scenario is. `peers` runs kpicli beside other tools, `sizes` alone on more
rows and more files, `encodings` on the same rows in other bytes, `workbooks` beside readers of
workbooks, `start` on the sample project. `commands` runs every command, whose answers `checked`
judges, `cluster` some of them on workers of Dask, `width` all KPIs of all packs beside other tools,
and `profile` runs kpicli under the clock of `sampled`.
"""

from collections.abc import Mapping

from benchmarks.scenarios.cluster import CLUSTER
from benchmarks.scenarios.commands import COMMANDS_SCENARIO
from benchmarks.scenarios.declared import Scenario
from benchmarks.scenarios.encodings import ENCODINGS
from benchmarks.scenarios.peers import PEERS
from benchmarks.scenarios.profile import PROFILE
from benchmarks.scenarios.sizes import FILES, SIZE
from benchmarks.scenarios.start import START
from benchmarks.scenarios.width import WIDTH
from benchmarks.scenarios.workbooks import WORKBOOKS

SCENARIOS: Mapping[str, Scenario] = {
    scenario.name: scenario
    for scenario in (
        *(PEERS, SIZE, FILES, ENCODINGS, WORKBOOKS, START),
        *(COMMANDS_SCENARIO, CLUSTER, WIDTH, PROFILE),
    )
}
"""By the name that the command line and the markers of the page know."""
