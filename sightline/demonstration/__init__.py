"""An invented partnership of agencies, whose records are written as files in the formats that agencies really send.

Nobody in it exists. The places, councils, police forces, schools and formats are real; what is told of them is not.
"""
