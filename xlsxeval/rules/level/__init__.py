"""Rules about what a lower level handed up (family U): its sums, its counts, its workbooks against its figures."""
