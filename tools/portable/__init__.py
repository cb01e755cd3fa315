"""Builds kpicli as a folder that runs where no Python is installed, zipped, with its SHA-256.

    locks/PLATFORM.txt -> wheels -> content: interpreter + site-packages + sample + start/ -> zip
                                    inventory: licences/ and sbom.cdx.json   ----------------^

`python -m portable windows --python ARCHIVE --sha256 DIGEST DIR` from the folder tools/ takes
python.org's embeddable Python; `python -m portable linux DIR` copies the interpreter that runs it,
which is how the tests run the same folder. The same input gives the same bytes.
`python -m portable lock` resolves the locks anew.

- `__main__`: the command line, from nothing to the zip and its digest
- `platforms`: what differs between Windows and Linux
- `content`: the interpreter, the wheels of the lock, kpicli, the sample, the start files
- `inventory`: the licences of all packages and the SBOM (CycloneDX)
"""
