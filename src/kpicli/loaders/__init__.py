"""Reading exports: from files to datasets in which every row is accounted for.

    files/      patterns -> ExportFile, whose Content is read when asked for
      |
    text/       span by span: bytes -> Structure + pyarrow -> RawBlock; else the exact reader
    workbook/   zip -> sheet -> header -> HeldTable, one RawBlock
    parquet/    row groups, batch by batch: typed columns -> RawBlock
      |
    shapes/     where a line is not a row: lines of any of them -> HeldTable of rows
      |
    cells/      RawBlock -> ColumnReaders -> Piece (codes of distinct values, a key per row)
      |
    engines/    who runs that for each span: this thread, threads, processes, a cluster
      |
    rows/       Pieces of all files -> Joined -> de-duplicated -> Dataset

`plain_rows` gives a text's records where no source says what they hold.
`reading` makes tasks of files and file parts of their results; `load` makes datasets of the parts.
The folders import each other in one direction:
files < cells < text, workbook, parquet < shapes < rows < engines.
"""
