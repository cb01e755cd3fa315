"""Checks of the exports beyond single cells, in the order of the answer.

exports -> inspection: load -> datasets -> CHECKS, each by interface -> faults -> answer
                                             |- characters     lost on export
                                             |- rows, totals   that contradict themselves
                                             |- missing_columns  that a KPI needs
                                             |- coverage       months that are missing
                                             |- drops          far fewer rows than before
                                             |- presence, open_lists   values, gone or unknown
                                             `- unheld_values  that a filter asks for in vain
"""

from kpicli.checks.characters import check_characters
from kpicli.checks.coverage import check_coverage
from kpicli.checks.drops import check_drops
from kpicli.checks.interface import Check
from kpicli.checks.missing_columns import check_missing_columns
from kpicli.checks.open_lists import check_open_lists
from kpicli.checks.presence import check_presence
from kpicli.checks.rows import check_rows
from kpicli.checks.totals import check_totals
from kpicli.checks.unheld_values import check_unheld_values

CHECKS: tuple[Check, ...] = (
    check_characters,
    check_rows,
    check_totals,
    check_missing_columns,
    check_coverage,
    check_presence,
    check_drops,
    check_open_lists,
    check_unheld_values,
)
"""Every check, in the order in which they run."""
