"""What was published, as a run reads it: frozen records and values entered by hand.

published/*.json -> store -> record -> checking   a record that agrees with itself
published/*.csv  -> entered -> possible           values that can be; else entry_errors
             |
          lookup   a figure of another period -> what was published of it, or nothing
secret       the key of the digests by which rows are known again

Who writes records is `reconcile`.
"""
