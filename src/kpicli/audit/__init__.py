"""The arithmetic of a published table: what its labels promise, held against its cells.

file -> files/ -> table of texts -> layout/ -> blocks of rows and columns, what labels say of them
                       |                |- readings/  the ways to read each total, rate and mean
                       |                `- judging/   the reading that the numbers bear out
                       `- own_columns   what kpicli's own columns mean
audit: relations that fail -> corrections of one cell that would mend them -> answer, document
       what stands in none -> coverage

A relation is called wrong only where labels or the rest of the table leave no other reading. What
no reading fits is left alone, and so is what no label and no numbers speak of.
"""
