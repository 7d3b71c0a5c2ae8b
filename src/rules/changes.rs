//! What one version of the rules says that another does not, for the history.
