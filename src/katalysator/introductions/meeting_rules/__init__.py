"""The rules of the bureau on which kind of organisation proposes to which; without a rule everybody may."""
