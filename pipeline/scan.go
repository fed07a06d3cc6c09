package pipeline

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"bezlik/connectors"
	"bezlik/detectors"
)

// A Scan finds what a source holds.
type Scan struct {
	Source   connectors.Source
	Workers  int    // 0: one a core
	MinScore uint8  // 0: detectors.Report
	Findings bool   // each finding is wanted, not only the inventory; the source is read a second time
	Reveal   bool   // values are shown
	Prefix   string // put before the names of objects when several sources are scanned
	Lang     string // of explanations: ru or en
	State    *State // finished parts of an earlier run; nil for none
	// Head, for a source that can be read only once, is the head of it alone: with Findings it decides what
	// the columns hold.
	Head     connectors.Source
	Progress func(object string, bytes int64)
	// Emit gets the messages, one at a time.
	Emit func(*Message) error
}

// A Result is what a scan found.
type Result struct {
	Inventories []*Inventory // in order of names
	Problems    []connectors.Problem
	Parts       int
	Rows        int64

	key      sketchKey        // whoever looks at the source again sees the same sample
	sampled  map[string]int64 // by object: rows whose different values were counted, see Column.Distinct
	overview bool             // of some rows only
}

// inventory finds the inventory of an object, nil if there is none.
func (r *Result) inventory(object string) *Inventory {
	for _, inv := range r.Inventories {
		if inv.Object == object {
			return inv
		}
	}
	return nil
}

// Complete says that everything that should have been read was.
func (r *Result) Complete() bool { return len(r.Problems) == 0 }

// Run scans. An error means that the scan itself could not go on; what could not be read stands in the result.
func (s *Scan) Run(ctx context.Context) (*Result, error) {
	if s.MinScore == 0 {
		s.MinScore = detectors.Report
	}
	survey := s.Survey
	if s.Head != nil && s.Findings {
		survey = s.once
	}
	res, err := survey(ctx)
	if err != nil {
		return res, err
	}
	for _, inv := range res.Inventories {
		for i := range inv.Fields {
			f := &inv.Fields[i]
			if f.Cells+f.Empty == 0 && len(f.Counts) == 0 {
				continue
			}
			if err := s.Emit(&Message{Column: f.line(s.Prefix+inv.Object, s.MinScore, s.Lang)}); err != nil {
				return res, err
			}
		}
	}
	if s.Findings && s.Head == nil {
		err = s.findings(ctx, res)
	}
	return res, err
}

// once reads a source that can be read only once: the head decides, findings are told as they come, and when
// the whole would have decided more strictly, that is a problem.
func (s *Scan) once(ctx context.Context) (*Result, error) {
	head, err := (&Scan{Source: s.Head, Workers: s.Workers, Emit: func(*Message) error { return nil }}).Survey(ctx)
	if err != nil {
		return nil, err
	}
	parts, err := s.Source.Parts(ctx, partsPerObject)
	if err != nil {
		return nil, err
	}
	res := &Result{Parts: len(parts), key: head.key}
	v := newVerdicts(head.Inventories)
	workers := newWorkers(s.Workers, head.key)
	watch := detectors.NewWatch()
	r := &run{source: s.Source, workers: workers, readers: 1, collect: s.tell}
	r.begin = func(*part) error { return nil }
	r.work = func(w *Worker, j *job) error {
		w.Turn(j.part.index)
		found := w.Scan(&j.batch)
		w.Tally(&j.batch, found)
		j.found = w.Settle(j.found[:0], &j.batch, told(&j.batch, found), v)
		return nil
	}
	objects := map[string]*Object{}
	r.end = func(p *part, err error) error {
		seen := map[string]*Object{}
		for _, w := range workers {
			merge(seen, w.Take(p.index))
		}
		res.sample(seen, p.rows)
		merge(objects, seen)
		res.Rows += p.rows
		return s.partEnd(res, p, err)
	}
	if err := r.all(ctx, parts); err != nil {
		return res, err
	}
	if err := s.tellCut(res, watch); err != nil {
		return res, err
	}
	for _, name := range slices.Sorted(maps.Keys(objects)) {
		inv := objects[name].Judge()
		res.Inventories = append(res.Inventories, inv)
		then := head.inventory(name)
		if then == nil {
			continue
		}
		if err := then.Covers(inv, true); err != nil {
			p := connectors.Problem{Object: s.Prefix + name, Kind: "late_verdict", Message: "a column turned out to hold one kind only late in the stream: its first values were not all told",
				Hint: "scan a file instead of a stream"}
			res.Problems = append(res.Problems, p)
			if err := s.Emit(&Message{Problem: &p}); err != nil {
				return res, err
			}
		}
	}
	return res, nil
}

// Survey reads the source once and lets the columns speak. Only when a column was settled by the first rows of a
// part, and the rest does not bear that out, it is read again, looking at every cell.
func (s *Scan) Survey(ctx context.Context) (*Result, error) {
	parts, err := s.Source.Parts(ctx, partsPerObject)
	if err != nil {
		return nil, err
	}
	res, err := s.survey(ctx, parts, true, 0)
	if err != nil || res.borneOut() {
		return res, err
	}
	again := *s
	again.Emit = func(m *Message) error { // parts and problems are told once
		if m.Problem == nil || slices.ContainsFunc(res.Problems, func(p connectors.Problem) bool { return sameProblem(p, *m.Problem) }) {
			return nil
		}
		return s.Emit(m)
	}
	return again.survey(ctx, parts, false, 0)
}

// Overview is a Survey of the first rows of each object, and of those in its middle and near its end if it has many
// parts. An Export that rests on it reads the source once instead of twice, and when it turns out that the rest of the
// source says anything else, fails with an *OverviewError before anything is published.
func (s *Scan) Overview(ctx context.Context) (*Result, error) {
	parts, err := s.Source.Parts(ctx, partsPerObject)
	if err != nil {
		return nil, err
	}
	var some []connectors.Part
	for first := 0; first < len(parts); {
		n := 1
		for first+n < len(parts) && parts[first+n].Object == parts[first].Object {
			n++
		}
		for i := range n {
			if i == 0 || i == n/2 || i == n-1 {
				some = append(some, parts[first+i])
			}
		}
		first += n
	}
	res, err := s.survey(ctx, some, false, denseRows)
	if res != nil {
		res.overview = true
	}
	return res, err
}

// borneOut says whether every column that was settled early still is one of a single kind.
func (r *Result) borneOut() bool {
	for _, inv := range r.Inventories {
		for i := range inv.Fields {
			if f := &inv.Fields[i]; f.skipped && !f.settled() {
				return false
			}
		}
	}
	return true
}

// survey reads so many rows of each part, or all if limit is 0; skip says whether cells of settled columns may be
// counted only.
func (s *Scan) survey(ctx context.Context, parts []connectors.Part, skip bool, limit int64) (*Result, error) {
	key := s.sketchKey()
	var mu sync.Mutex // guards what follows
	res := &Result{Parts: len(parts), key: key}
	objects := map[string]*Object{}
	todo := parts
	if s.State != nil {
		todo = nil
		for _, p := range parts {
			stored := s.State.part(p)
			if stored == nil || !skip && stored.skipped() {
				todo = append(todo, p)
				continue
			}
			seen := stored.objects()
			res.sample(seen, stored.Rows)
			merge(objects, seen)
			res.Rows += stored.Rows
			if err := s.Emit(&Message{Part: &PartEnd{Object: s.Prefix + p.Object, Range: p.Range, Status: "complete", Rows: stored.Rows, Stored: true}}); err != nil {
				return nil, err
			}
		}
	}
	workers := newWorkers(s.Workers, key)
	watch := detectors.NewWatch()
	for _, w := range workers {
		w.apart = skip
	}
	r := &run{source: s.Source, workers: workers, readers: min(len(workers), readersAtMost), limit: limit}
	r.begin = func(*part) error { return nil }
	r.work = func(w *Worker, j *job) error {
		h := &j.part.head
		if skip && j.batch.First <= denseRows && !j.batch.Running() {
			h.tally(w, &j.batch)
			return nil
		}
		w.Turn(j.part.index)
		if skip {
			w.Skip(&j.batch, h.settled.Load())
		}
		w.Tally(&j.batch, w.Scan(&j.batch))
		return nil
	}
	r.collect = func(p *part, j *job) error {
		if skip && p.head.settled.Load() == nil && j.batch.First+int64(len(j.batch.Rows)) > denseRows {
			p.head.settle()
		}
		if s.Progress != nil {
			s.Progress(p.Object, int64(len(j.batch.Arena)))
		}
		return nil
	}
	r.end = func(p *part, err error) error {
		seen := map[string]*Object{}
		merge(seen, p.head.take())
		for _, w := range workers {
			merge(seen, w.Take(p.index))
		}
		p.head.fold(seen)
		mu.Lock()
		defer mu.Unlock()
		if s.State != nil && err == nil && len(p.problems) == 0 && cutOff(watch) == nil {
			if err := s.State.add(p, seen); err != nil {
				return err
			}
		}
		res.sample(seen, p.rows)
		merge(objects, seen)
		res.Rows += p.rows
		return s.partEnd(res, p, err)
	}
	if err := r.all(ctx, todo); err != nil {
		return res, err
	}
	if err := s.tellCut(res, watch); err != nil {
		return res, err
	}
	for _, name := range slices.Sorted(maps.Keys(objects)) {
		res.Inventories = append(res.Inventories, objects[name].Judge())
	}
	return res, nil
}

// partEnd tells how a part ended.
func (s *Scan) partEnd(res *Result, p *part, err error) error {
	end := &PartEnd{Object: s.Prefix + p.Object, Range: p.Range, Status: "complete", Rows: p.rows, Notes: p.notes}
	problems := p.problems
	if err != nil {
		end.Status = "failed"
		if p.rows > 0 {
			end.Status = "partial"
		}
		problems = append(problems, *Sanitize(p.Object, err))
	} else if len(problems) > 0 {
		end.Status = "partial"
	}
	for i := range problems {
		problems[i].Object = s.Prefix + problems[i].Object
		res.Problems = append(res.Problems, problems[i])
		if err := s.Emit(&Message{Problem: &problems[i]}); err != nil {
			return err
		}
	}
	return s.Emit(&Message{Part: end})
}

// findings reads the source again and tells each finding, now that the columns have spoken.
func (s *Scan) findings(ctx context.Context, res *Result) error {
	parts, err := s.Source.Parts(ctx, partsPerObject)
	if err != nil {
		return err
	}
	verdicts := newVerdicts(res.Inventories)
	watch := detectors.NewWatch()
	r := &run{source: s.Source, workers: newWorkers(s.Workers, sketchKey{}), readers: 1}
	r.begin = func(*part) error { return nil }
	r.work = func(w *Worker, j *job) error {
		j.found = w.Settle(j.found[:0], &j.batch, told(&j.batch, w.Scan(&j.batch)), verdicts)
		return nil
	}
	r.collect = s.tell
	r.end = func(p *part, err error) error {
		if err == nil {
			return nil
		}
		problem := *Sanitize(p.Object, err)
		problem.Object = s.Prefix + problem.Object
		if slices.ContainsFunc(res.Problems, func(q connectors.Problem) bool { return q.Kind == problem.Kind && q.Object == problem.Object }) {
			return nil // told by the survey
		}
		res.Problems = append(res.Problems, problem)
		return s.Emit(&Message{Problem: &problem})
	}
	if err := r.all(ctx, parts); err != nil {
		return err
	}
	return s.tellCut(res, watch)
}

// tell emits the findings of a batch.
func (s *Scan) tell(p *part, j *job) error {
	defer p.pass(&j.batch)
	row, at := 0, lineAt{before: p.before}
	for i := range j.found {
		f := &j.found[i]
		if f.Score < s.MinScore {
			continue
		}
		if j.batch.Cells[f.Cell].Type == connectors.Echo {
			if err := s.tellSpanning(p, &j.batch, f); err != nil {
				return err
			}
			continue
		}
		for row+1 < len(j.batch.Rows) && j.batch.Rows[row+1] <= f.Cell {
			row++
		}
		if err := s.Emit(&Message{Finding: s.line(p, &j.batch, f, row, &at)}); err != nil {
			return err
		}
	}
	return nil
}

// tellSpanning emits a finding that formatting has cut into pieces, at the place of the first one.
func (s *Scan) tellSpanning(p *part, b *connectors.Batch, f *Found) error {
	piece, ok := spans(b, f)
	if !ok {
		return nil
	}
	row, found := slices.BinarySearch(b.Rows, piece.Cell)
	if !found {
		row--
	}
	l := s.line(p, b, f, row, &lineAt{})
	at := int(f.Start - b.Cells[f.Cell].Start - piece.At)
	l.Field, l.Start, l.End = b.Fields[b.Cells[piece.Cell].Field].Name, at, at+int(f.End-f.Start)
	return s.Emit(&Message{Finding: l})
}

// pass remembers how much of a line, or of a record that comes in pieces, a batch has brought.
func (p *part) pass(b *connectors.Batch) {
	if len(b.Cells) == 0 {
		return
	}
	c := b.Cells[0]
	switch own := b.Arena[c.Start+b.Lead : c.End-b.Tail]; {
	case b.Running() && bytes.IndexByte(own, '\n') >= 0:
		p.before = int64(len(own) - bytes.LastIndexByte(own, '\n') - 1)
	case b.Running() || b.Tail > 0:
		p.before += int64(len(own))
	default:
		p.before = 0
	}
}

// A lineAt is a place in a batch of running text, found from the one before it: a line may be long and full of findings.
type lineAt struct {
	passed int   // bytes of the batch
	lines  int64 // that ended in them
	line   int   // where the last of them ended
	before int64 // bytes of the line, or of the record that comes in pieces, that earlier batches have brought
}

func (l *lineAt) reach(own []byte, i int) {
	if i < l.passed {
		*l = lineAt{before: l.before}
	}
	piece := own[l.passed:i]
	if n := bytes.Count(piece, []byte{'\n'}); n > 0 {
		l.lines += int64(n)
		l.line = l.passed + bytes.LastIndexByte(piece, '\n') + 1
	}
	l.passed = i
}

// line makes a report line of a finding in the row of the batch with this number. at is where the one before it was.
func (s *Scan) line(p *part, b *connectors.Batch, f *Found, number int, at *lineAt) *FindingLine {
	c := b.Cells[f.Cell]
	row := b.First + int64(number)
	field := b.Fields[c.Field].Name
	start := int64(f.Start - c.Start)
	if own := c.Start + b.Lead; b.Running() {
		at.reach(b.Arena[own:], int(f.Start-own))
		row = b.First + at.lines
		start = int64(at.passed - at.line)
		if at.lines == 0 {
			start += at.before
		}
	} else if b.Lead > 0 {
		start = at.before + int64(f.Start-own)
	}
	value := b.Arena[f.Start:f.End]
	l := &FindingLine{Kind: string(f.Kind), Object: s.Prefix + b.Object, Field: field, Part: p.Range, Row: row, Start: int(start), End: int(start) + len(value),
		Score: float64(f.Score) / 100, Class: f.Class.String(), Evidence: f.Evidence.Names(), Sample: sample(value)}
	nth := 0 // of the values of its field in the row
	if number < len(b.Rows) && b.Lead == 0 && c.Type != connectors.Echo {
		for i := b.Rows[number]; i < f.Cell; i++ {
			if b.Cells[i].Field == c.Field {
				nth++
			}
		}
	}
	h := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s\x00%d\x00%d\x00%d\x00%s", l.Object, l.Part, l.Field, l.Row, nth, l.Start, l.Kind))
	l.Fingerprint = hex.EncodeToString(h[:8])
	if s.Reveal {
		v, n := string(value), string(f.Normalised(nil, value))
		l.Value, l.Normal = &v, &n
	}
	return l
}

// sample shows the first two and the last two characters of a long value, and stars.
func sample(value []byte) string {
	n := utf8.RuneCount(value)
	if n < 10 {
		return strings.Repeat("*", n)
	}
	var s strings.Builder
	i := 0
	for _, r := range string(value) {
		if i < 2 || i >= n-2 {
			s.WriteRune(r)
		} else {
			s.WriteByte('*')
		}
		i++
	}
	return s.String()
}

// partsPerObject is how many parts sources are asked for. It does not depend on the machine, so that
// checkpoints and samples do not either.
const partsPerObject = 16

// readersAtMost bounds how many parts are read at the same time: each may hold a connection.
const readersAtMost = 4

func newWorkers(n int, key sketchKey) []*Worker {
	if n <= 0 {
		n = runtime.GOMAXPROCS(0)
	}
	workers := make([]*Worker, n)
	for i := range workers {
		workers[i] = NewWorker(key)
	}
	return workers
}

// cutOff says which rules of the user were cut off since the watch began: some lines were not looked at for them.
func cutOff(watch *detectors.Watch) (all []connectors.Problem) {
	for _, d := range detectors.All() {
		if n := watch.Cut(d); n > 0 {
			all = append(all, connectors.Problem{Object: string(d.Kind), Kind: "rule_cut", Message: fmt.Sprintf("the pattern of this kind takes too long: %d lines or values were not looked at for it", n),
				Hint: "make it simpler, or write it in the syntax of RE2"})
		}
		if n := watch.Long(d); n > 0 {
			all = append(all, connectors.Problem{Object: string(d.Kind), Kind: "rule_long", Message: fmt.Sprintf("%d matches of this kind are so long that their ends were not seen", n),
				Hint: "bound the pattern: {1,100} instead of +"})
		}
	}
	return all
}

// cutShort is cutOff where nothing can come of it but one error.
func cutShort(watch *detectors.Watch) error {
	all := cutOff(watch)
	if len(all) == 0 {
		return nil
	}
	for _, p := range all[1:] {
		all[0].Message += "; " + p.Object + ": " + p.Message
	}
	return &all[0]
}

// tellCut makes a problem of every rule that was cut off, unless an earlier reading did.
func (s *Scan) tellCut(res *Result, watch *detectors.Watch) error {
	for _, p := range cutOff(watch) {
		if slices.ContainsFunc(res.Problems, func(q connectors.Problem) bool { return sameProblem(p, q) }) {
			continue
		}
		res.Problems = append(res.Problems, p)
		if err := s.Emit(&Message{Problem: &p}); err != nil {
			return err
		}
	}
	return nil
}

// sameProblem says that two readings speak of the same problem. How often a rule is cut off varies.
func sameProblem(p, q connectors.Problem) bool {
	return p == q || (p.Kind == "rule_cut" || p.Kind == "rule_long") && p.Kind == q.Kind && p.Object == q.Object
}

func merge(into, from map[string]*Object) {
	for name, o := range from {
		if have := into[name]; have != nil {
			have.Merge(o)
		} else {
			into[name] = o
		}
	}
}

// sketchKey is that of the state, or the same for every scan that keeps nothing: two scans of one source say the same.
func (s *Scan) sketchKey() sketchKey {
	if s.State != nil {
		return s.State.key
	}
	return keptNowhere
}

// keptNowhere keys the sketches of scans without a state. Their hashes live no longer than the process, so it is no secret.
var keptNowhere = sketchKey{0x62657a6c696b2f31, 0x736b657463686573}

// randomKey keys hashes that live no longer than this process.
func randomKey() sketchKey {
	var b [16]byte
	rand.Read(b[:]) // never fails since Go 1.24
	return sketchKey{binary.LittleEndian.Uint64(b[:8]), binary.LittleEndian.Uint64(b[8:])}
}
