// Runs inside n8n 1.x, which gives every new workflow an id of its own: it takes the one that was asked for.
module.exports = {
	workflow: {
		create: [
			async (workflow) => {
				if (typeof workflow.wantedId === 'string') workflow.id = workflow.wantedId;
			},
		],
	},
};
