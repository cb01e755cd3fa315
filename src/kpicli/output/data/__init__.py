"""What data formats share: records, JSON objects, workbook cells."""
