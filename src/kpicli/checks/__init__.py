"""Checks of the exports beyond single cells, in the order of the answer.

exports -> inspection: load -> datasets -> CHECKS, each by interface -> faults -> answer, in the
                                             |                                words of findings
                                             |- characters     lost on export
                                             |- rows, totals   that contradict themselves
                                             |- missing_columns  that a KPI needs
                                             |- coverage       months that are missing
                                             |- drops          far fewer rows than before
                                             |- presence, open_lists   values, gone or unknown
                                             `- unheld_values  that a filter asks for in vain
"""
