"""How answers are written: every answer in every format, by one kit.

    Summary, inspection, evidence, ...
        -> Answer            what it says: records | document | content (interface.py)
        -> Format            how it is written: one file each in formats/
        -> text or bytes     which cli/ and mail/ put where they belong

`data/` writes records and objects (csv, json, xlsx), `page/` lays documents out in lines and pages,
`summary/` is the answer of `summarize`; the other answers stand beside what makes them.
"""
