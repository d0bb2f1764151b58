from django.apps import AppConfig


class GradesConfig(AppConfig):
    name = "katalysator.grades"

    def ready(self) -> None:
        """Let scores count as the bureau has adopted."""
        from katalysator.grades.current import adopted_counts
        from katalysator.matches.weights import learned_by

        learned_by(adopted_counts)
