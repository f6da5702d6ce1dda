"""Values of formulas, from an engine that exists. The only importer of the engine."""
