"""The inspector's workspace: inspections, their drawn cases to read and grade, and what they found."""
