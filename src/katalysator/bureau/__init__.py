"""The workbench of who runs the coalition: notes and labels, deeds for many at once, letters to many, the week."""
