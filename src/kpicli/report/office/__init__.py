"""An office's own document, its placeholders filled with figures; all else stays as it is.

template (xlsx, docx, pptx) -> archive: parts of the zip
    xlsx -> sheets: cells whose text has {{ }} -> a number, or text
    all  -> paragraphs: texts of boxes, pages, slides, whose placeholders may lie in several runs
  parts that changed + every other part byte for byte -> the filled document

`markup` says where elements stand in the bytes of a part, `values` what a placeholder gives.
"""
