"""The rules run on rows: evaluating pledges, finding what differs, checking the whole record."""
