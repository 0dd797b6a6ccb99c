"""Pages for offender managers and their supervisors."""
