"""Three months of agreed deliverables that fit the capacity."""
