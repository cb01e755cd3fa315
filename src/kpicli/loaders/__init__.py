"""Reading exports: from files to datasets in which every row is accounted for."""
