"""The arithmetic of a published table: what its labels promise, held against its cells.

file -> reading, sheets -> table -> layout: blocks, header rows, label columns
                                      |- labels, patterns   what words promise
                                      |- own_columns        what kpicli's own columns mean
                                      `- numbers            what is printed in a cell
        findings: relations (sums; periods; differences) put to the cells
audit: relations that fail -> corrections of one cell that would mend them -> answer, document

A relation is asserted only where words say so (合計, 上期 and 年度, 分子 and 分母, 増減), or where
the table leaves one reading: a cell that writes its own `178/252件 70.6%`, a row with exactly one
fraction and one percentage, and the columns of kpicli's own csv. What no label speaks of is not
checked: shares (構成比), averages, growth rates, and 前期 beside 後期, which can mean two things.
"""
