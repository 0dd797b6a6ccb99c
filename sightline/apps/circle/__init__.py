"""The links between children and what they were met with, and what people said of each link."""
