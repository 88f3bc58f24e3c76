// A canvas of n8n's editor as a person sees it: what is marked as wrong, and whether its notes can be read.
import type { Page } from 'playwright-core';

export interface Canvas {
	/** Names of the nodes with a red triangle. */
	triangles: string[];
	/** Links in notes. */
	links: string[];
	/** Notes whose text a connector runs through, a node lies on, or that have more text than they show. */
	disturbed: string[];
	/** How tall the smallest words of the yellow note are on the screen, and the smallest of the notes' headings, in pixels. */
	smallest: { explanation: number; heading: number };
}

/** A file, as *Import → From file* takes it, on a new canvas; fitted into view. */
export async function importFile(page: Page, n8n: string, file: string): Promise<void> {
	await page.goto(`${n8n}/workflow/new`);
	const input = page.getByTestId('workflow-import-input');
	await input.waitFor({ state: 'attached', timeout: 60_000 });
	// The editor throws away what comes before it has made its own empty canvas.
	await page.getByTestId('canvas-add-button').or(page.getByTestId('canvas-wrapper')).first().waitFor();
	await page.waitForTimeout(1_000);
	await input.setInputFiles(file);
	await page.getByTestId('canvas-node').first().waitFor({ timeout: 60_000 });
}

/** What is shown now. */
export async function readCanvas(page: Page): Promise<Canvas> {
	return await page.evaluate(() => {
		const all = (selector: string, within: ParentNode = document) => [
			...within.querySelectorAll<HTMLElement>(selector),
		];
		const zoom = new DOMMatrix(getComputedStyle(all('.vue-flow__transformationpane')[0] ?? document.body).transform)
			.a;
		const nodes = all('[data-test-id="canvas-node"]').filter(
			(node) => node.dataset['nodeType'] !== 'n8n-nodes-base.stickyNote',
		);
		const notes = all('[data-test-id="sticky"]');
		const paths = [...document.querySelectorAll<SVGPathElement>('.vue-flow__edge-path')];
		const points = paths.flatMap((path) => {
			const onScreen = path.getScreenCTM();
			const length = path.getTotalLength();
			return Array.from({ length: Math.ceil(length / 4) }, (_, step) =>
				path.getPointAtLength(step * 4).matrixTransform(onScreen ?? new DOMMatrix()),
			);
		});
		const wordsOf = (note: HTMLElement) => {
			const walker = document.createTreeWalker(note, NodeFilter.SHOW_TEXT);
			const words: { box: DOMRect; size: number; isHeading: boolean }[] = [];
			for (let text = walker.nextNode(); text; text = walker.nextNode()) {
				const parent = text.parentElement;
				if (!parent || text.textContent?.trim() === '') continue;
				const range = document.createRange();
				range.selectNodeContents(text);
				const size = Number.parseFloat(getComputedStyle(parent).fontSize) * zoom;
				const isHeading = parent.closest('h1, h2, h3, h4') !== null;
				words.push(...[...range.getClientRects()].map((box) => ({ box, size, isHeading })));
			}
			return words;
		};
		const told = notes.map((note) => ({
			note,
			title: all('h1, h2, h3', note)[0]?.innerText ?? note.innerText,
			words: wordsOf(note),
		}));
		const covers = (box: DOMRect, { x, y }: { x: number; y: number }) =>
			x > box.left && x < box.right && y > box.top && y < box.bottom;
		const overlap = (one: DOMRect, other: DOMRect) =>
			one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
		const disturbed = told.flatMap(({ note, title, words }) => {
			const frame = note.getBoundingClientRect();
			const why = [
				words.some(({ box }) => points.some((point) => covers(box, point))) ? 'a connector runs through' : '',
				words.some(({ box }) => nodes.some((node) => overlap(box, node.getBoundingClientRect())))
					? 'a node lies on'
					: '',
				words.some(({ box }) => box.bottom > frame.bottom) ? 'there is more text than is shown of' : '',
			];
			return why.filter(Boolean).map((what) => `${what} "${title}"`);
		});
		const paint = new OffscreenCanvas(1, 1).getContext('2d');
		const isYellow = (note: HTMLElement): boolean => {
			if (!paint) throw new Error('This browser does not paint.');
			// Painted, because a style may name its colour in any way.
			paint.fillStyle = getComputedStyle(note).backgroundColor;
			paint.fillRect(0, 0, 1, 1);
			const [red = 0, green = 0, blue = 0] = paint.getImageData(0, 0, 1, 1).data;
			return red - blue > 20 && green - blue > 20;
		};
		const yellow = told.filter(({ note }) => isYellow(note));
		if (yellow.length !== 1) throw new Error(`${String(yellow.length)} notes are yellow.`);
		return {
			triangles: all('[data-test-id="node-issues"]').map(
				(mark) => mark.closest<HTMLElement>('[data-test-id="canvas-node"]')?.dataset['nodeName'] ?? '?',
			),
			links: notes.flatMap((note) => all('a', note).map((link) => link.innerText)),
			disturbed,
			smallest: {
				explanation: Math.min(...yellow.flatMap(({ words }) => words).map(({ size }) => size)),
				heading: Math.min(
					...told.flatMap(({ words }) => words.filter(({ isHeading }) => isHeading)).map(({ size }) => size),
				),
			},
		};
	});
}
