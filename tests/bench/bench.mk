# make bench [PART=tasks|flight|start|download|upload]
.PHONY: bench
bench:
	@$(LOOK) build bench
