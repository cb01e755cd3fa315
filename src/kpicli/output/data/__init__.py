"""What data formats share: records, JSON objects, workbook cells.

batches: very many rows, column by column, made when they are read
  |
answer -> records: typed rows -> delimited      csv, tsv
                             `-> spreadsheet    a workbook whose bytes are settled
answer -> json_parts: the objects that several answers hold, written in one way
                             `-> frames         a data frame of pandas
front: the sheet of a workbook that people read, as values with their looks
figures -> digests: known again by a later run, without being kept
"""
