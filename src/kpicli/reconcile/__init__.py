"""Freezing what was published, and what moved since.

exports -> current -> Observation of observation: figures, and `rows` behind them as columns
             |-> freezing -> recording -> a record, with digests of its rows
record ------+-> diff -> explaining, KPI by KPI
                  |- matching      rows then and now, by their keys
                  |- pairing       figures then and now
                  |- row_changes   every row that counts otherwise, with its cause
                  |- effects       how far each cause moved a figure
                  `- composed      which component moved a figure that is made of others
                 changes: Move, RowChange, Effect -> answer, document
"""
