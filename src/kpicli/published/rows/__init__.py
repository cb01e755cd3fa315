"""The rows of a frozen record, as columns: few are in the record, many in a file beside it.

                      columns of digests: the rows of a source, and those that a KPI counts
lists of JSON <- fields of the record
                         |
                      row_file  -> published/*.parquet -> read_rows    arrow: buffers of columns
                         |                                    |
record ------------> apart: rows taken out when it is written, put in when it is read
                         `- names: of files of rows
"""
