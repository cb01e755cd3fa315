"""The files of an export, and their bytes.

folder -> candidates -> paths, for `init` and for whoever begins
zip -> archives, by unpacking -> its members, each a file
pattern -> file_patterns -> paths ---.
URL ----> remote (fsspec) -----------+-> find_files -> ExportFile of export_file
                                                        `- Content of content: size, bytes,
                                                           SHA-256; a change ends the run
export.zip -> archives: which members -> unpacking: their names and bytes -> files as any other
"""
