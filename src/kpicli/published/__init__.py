"""What was published, as a run reads it: frozen records and values entered by hand.

published/*.json -> store -> record, of frozen_values -> checking: that it agrees with itself
                      |- editions                  none of them is lost in silence
                      |- rows                      what it holds of rows, as columns
                      `- seal, keyed by secret     whatever was edited is noticed and named
published/*.csv  -> entered -> possible            values that can be; else what is wrong
                      |
    reading: what a run needs of both; redefined: is it of today's definition
                      |
                    lookup   a figure of another period -> what was published of it, or nothing
kinds: how a figure of any kind is shown and added, of kinds that are no more, too
record -> writing -> published/*.json, whole, by one process at a time

Who makes records is `reconcile`.
"""
