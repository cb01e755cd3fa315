"""The files of an export, and their bytes.

pattern -> file_patterns -> paths ---.
URL ----> remote (fsspec) -----------+-> find_files -> ExportFile of export_file
                                                        `- Content of content: size, bytes,
                                                           SHA-256; a change ends the run
export.zip -> archives: which members -> unpacking: their names and bytes -> files as any other
"""
