package main

// Everything that is run and every figure that is aimed at stands in this file.

// A command is one process. In Argv, Stdin, Stdout and Env, {name} stands for a file, a program or an address
// that the runner has made; see places in data.go. Stdout empty is /dev/null.
type command struct {
	Name   string
	Argv   []string
	Stdin  string
	Stdout string
	OK     []int  // exit codes of success; nil is 0
	Input  string // whose bytes count for MB/s: a name of places
	Times  int    // how many runs one round is made of, for what takes milliseconds; 0 is one, quick runs make fewer
	// Finds is for peers: their output has to match it in a run that is not timed, or they found nothing.
	Finds string
}

// scanned is what scan exits with: nothing found, something found.
var scanned = []int{0, 1}

// commands lists what can be run, in the order in which the processes of a table take turns.
var commands = []command{
	{Name: "spin 1", Argv: []string{"{peers}/spin", "1", "{spin}"}},
	{Name: "spin 2", Argv: []string{"{peers}/spin", "2", "{spin}"}},

	{Name: "rg text", Argv: []string{"rg", "--count-matches", "{patterns}", "{log}"}, Input: "log", Finds: `^[1-9]`},
	{Name: "bezlik text", Argv: []string{"{bezlik}", "scan", "--quiet", "--workers", "1", "{log}"}, OK: scanned, Input: "log"},
	{Name: "portable text", Argv: []string{"{portable}", "scan", "--quiet", "--workers", "1", "{log}"}, OK: scanned, Input: "log"},
	{Name: "cat text", Argv: []string{"cat", "{log}"}, Input: "log"},
	{Name: "wc text", Argv: []string{"wc", "-l", "{log}"}, Input: "log"},

	{Name: "rg access", Argv: []string{"rg", "--count-matches", "{patterns}", "{access}"}, Input: "access", Finds: `^[1-9]`},
	{Name: "bezlik access", Argv: []string{"{bezlik}", "scan", "--quiet", "--workers", "1", "{access}"}, OK: scanned, Input: "access"},

	// Slow peers get a slice of the text, and so do we beside them. Gitleaks decodes nothing, since we do not either.
	{Name: "pdscan 16 MB", Argv: []string{"{pdscan}", "--processes", "1", "file://{log.small}"}, Input: "log.small", Finds: `found \S.* \([0-9]+ lines?`},
	{Name: "gitleaks 16 MB", Argv: []string{"{gitleaks}", "dir", "--no-banner", "--no-color", "--exit-code", "0", "--max-decode-depth", "0", "--config", "{rules}", "{log.small}"},
		Input: "log.small", Finds: `leaks found: [1-9]`},
	{Name: "bezlik 16 MB", Argv: []string{"{bezlik}", "scan", "--quiet", "--workers", "1", "{log.small}"}, OK: scanned, Input: "log.small"},

	{Name: "csvread", Argv: []string{"{peers}/csvread", "{csv}"}, Input: "csv"},
	{Name: "bezlik csv", Argv: []string{"{bezlik}", "scan", "--quiet", "--workers", "1", "{csv}"}, OK: scanned, Input: "csv"},

	{Name: "csvcopy", Argv: []string{"{peers}/csvcopy"}, Stdin: "{csv}", Stdout: "{csvcopy.out}", Input: "csv"},
	{Name: "bezlik mask", Argv: []string{"{bezlik}", "mask", "--quiet", "--workers", "1"}, Stdin: "{csv}", Stdout: "{masked}", Input: "csv"},

	{Name: "rg replace", Argv: []string{"rg", "--passthru", "--replace", "***", "{patterns}", "{log}"}, Stdout: "{replaced}", Input: "log", Finds: `\*\*\*`},
	{Name: "bezlik mask text", Argv: []string{"{bezlik}", "mask", "--quiet", "--workers", "1"}, Stdin: "{log}", Stdout: "{maskedtext}", Input: "log"},

	{Name: "tgstream", Argv: []string{"{peers}/tgstream", "{telegram}"}, Input: "telegram"},
	{Name: "bezlik telegram", Argv: []string{"{bezlik}", "scan", "--quiet", "--workers", "1", "{telegram}"}, OK: scanned, Input: "telegram"},

	{Name: "jsonmap", Argv: []string{"{peers}/jsonmap", "{jsonl}"}, Input: "jsonl"},
	{Name: "bezlik jsonl", Argv: []string{"{bezlik}", "scan", "--quiet", "--workers", "1", "{jsonl}"}, OK: scanned, Input: "jsonl"},

	{Name: "psql copy", Argv: []string{"psql", "-X", "-q", "-d", "{pg}", "-c", "COPY users TO STDOUT"}, Input: "pg"},
	{Name: "bezlik pg", Argv: []string{"{bezlik}", "scan", "--quiet", "{pg}"}, OK: scanned, Input: "pg"},

	{Name: "psql csv", Argv: []string{"psql", "-X", "-q", "-d", "{pg}", "-c", "COPY users TO STDOUT (FORMAT csv, HEADER)"}, Stdout: "{psql.out}", Input: "pg"},
	{Name: "bezlik export", Argv: []string{"{bezlik}", "export", "--quiet", "--policy", "{policy}", "--export", "masked", "--recipient", "testers",
		"--map", "{map}", "--profile", "{profile}", "--key-file", "{key}", "--ledger", "{ledger}", "--from", "{pg}", "--to", "{exported}"}, Input: "pg"},

	{Name: "rss log small", Argv: []string{"{bezlik}", "scan", "--quiet", "{log.small}"}, OK: scanned, Input: "log.small"},
	{Name: "rss log big", Argv: []string{"{bezlik}", "scan", "--quiet", "{log.big}"}, OK: scanned, Input: "log.big"},
	{Name: "rss csv small", Argv: []string{"{bezlik}", "scan", "--quiet", "{csv.small}"}, OK: scanned, Input: "csv.small"},
	{Name: "rss csv big", Argv: []string{"{bezlik}", "scan", "--quiet", "{csv.big}"}, OK: scanned, Input: "csv.big"},
	{Name: "rss jsonl small", Argv: []string{"{bezlik}", "scan", "--quiet", "{jsonl.small}"}, OK: scanned, Input: "jsonl.small"},
	{Name: "rss jsonl big", Argv: []string{"{bezlik}", "scan", "--quiet", "{jsonl.big}"}, OK: scanned, Input: "jsonl.big"},
	{Name: "rss pg small", Argv: []string{"{bezlik}", "scan", "--quiet", "{pg.small}"}, OK: scanned, Input: "pg.small"},
	{Name: "rss pg big", Argv: []string{"{bezlik}", "scan", "--quiet", "{pg}"}, OK: scanned, Input: "pg"},

	{Name: "text 1 worker", Argv: []string{"{bezlik}", "scan", "--quiet", "--workers", "1", "{log.big}"}, OK: scanned, Input: "log.big"},
	{Name: "text 2 workers", Argv: []string{"{bezlik}", "scan", "--quiet", "--workers", "2", "{log.big}"}, OK: scanned, Input: "log.big"},
	{Name: "tokens 1 worker", Argv: []string{"{bezlik}", "mask", "--quiet", "--profile", "{tokens}", "--key-file", "{key}", "--workers", "1"},
		Stdin: "{csv}", Stdout: "{tokenized}", Input: "csv"},
	{Name: "tokens 2 workers", Argv: []string{"{bezlik}", "mask", "--quiet", "--profile", "{tokens}", "--key-file", "{key}", "--workers", "2"},
		Stdin: "{csv}", Stdout: "{tokenized}", Input: "csv"},

	{Name: "pdscan start", Argv: []string{"{pdscan}", "--processes", "1", "file://{empty}"}, Times: 100},
	{Name: "bezlik start", Argv: []string{"{bezlik}", "scan", "--quiet", "{empty}"}, Times: 100},
}

// checkArgv makes the program list every finding with its value, for the detection check. It is never timed. The score is that
// from which an export masks: what lies below is not found.
var checkArgv = []string{"scan", "--quiet", "--format", "jsonl", "--reveal", "--min-score", "0.3", "{source}"}

// A goal compares two commands of one table. Its figure is the median of the ratios of the rounds.
type goal struct {
	ID    string // number in the list of goals
	Title string
	Ours  string
	Peer  string
	By    metric
	// Faster: the figure is peer/ours and has to be at least the bounds. Otherwise it is ours/peer and has to be at most those.
	Faster                 bool
	Floor, Target, Stretch float64 // no floor: report only
	Check                  string  // name in checks.go's list of what has to be found
}

type metric string

// The metrics. Wall figures count quiet rounds only.
const (
	cpu  metric = "cpu"
	wall metric = "wall"
	rss  metric = "rss"
)

var goals = []goal{
	{ID: "1", Title: "text scan, one worker, × faster than rg", Ours: "bezlik text", Peer: "rg text", By: cpu, Faster: true, Floor: 1.5, Target: 2.5, Stretch: 4, Check: "log"},
	{ID: "1", Title: "text scan against cat", Ours: "bezlik text", Peer: "cat text", By: cpu, Check: "log"},
	{ID: "1", Title: "text scan against wc -l", Ours: "bezlik text", Peer: "wc text", By: cpu, Check: "log"},
	{ID: "2", Title: "text scan of the portable build, × faster than rg", Ours: "portable text", Peer: "rg text", By: cpu, Faster: true, Floor: 1, Target: 1.5, Stretch: 2, Check: "portable"},
	{ID: "3", Title: "digit-dense access log, 67 MB, × faster than rg", Ours: "bezlik access", Peer: "rg access", By: cpu, Faster: true, Floor: 0.7, Target: 1, Stretch: 1.5, Check: "access"},
	{ID: "4", Title: "text scan, slice of 16 MB, × faster than pdscan", Ours: "bezlik 16 MB", Peer: "pdscan 16 MB", By: cpu, Faster: true, Floor: 50, Target: 100, Stretch: 200, Check: "log.small"},
	{ID: "5", Title: "text scan, slice of 16 MB, × faster than gitleaks with the nine patterns", Ours: "bezlik 16 MB", Peer: "gitleaks 16 MB", By: cpu, Faster: true, Floor: 50, Target: 100, Stretch: 200, Check: "log.small"},
	{ID: "6", Title: "CSV scan and profile, CPU ≤ k × encoding/csv read", Ours: "bezlik csv", Peer: "csvread", By: cpu, Floor: 1.5, Target: 1.1, Stretch: 0.9, Check: "csv"},
	{ID: "7", Title: "CSV→CSV constant mask with residual scan, × faster than encoding/csv copy", Ours: "bezlik mask", Peer: "csvcopy", By: cpu, Faster: true, Floor: 1, Target: 1.3, Stretch: 1.6, Check: "masked"},
	{ID: "9", Title: "text → masked text, × faster than rg --passthru --replace", Ours: "bezlik mask text", Peer: "rg replace", By: cpu, Faster: true, Floor: 1.5, Target: 3, Stretch: 5, Check: "maskedtext"},
	{ID: "11", Title: "Telegram scan, × faster than json.Decoder", Ours: "bezlik telegram", Peer: "tgstream", By: cpu, Faster: true, Check: "telegram"},
	{ID: "12", Title: "JSONL scan, × faster than Unmarshal into maps", Ours: "bezlik jsonl", Peer: "jsonmap", By: cpu, Faster: true, Check: "jsonl"},
	{ID: "15", Title: "PostgreSQL scan, wall ≤ k × psql COPY >/dev/null", Ours: "bezlik pg", Peer: "psql copy", By: wall, Floor: 1.5, Target: 1.15, Stretch: 1, Check: "pg"},
	{ID: "16", Title: "PostgreSQL → masked CSV, wall ≤ k × psql COPY csv > file", Ours: "bezlik export", Peer: "psql csv", By: wall, Floor: 1.5, Target: 1.1, Stretch: 0.9, Check: "exported"},
	{ID: "19", Title: "peak RSS of text, big ≤ k × small", Ours: "rss log big", Peer: "rss log small", By: rss, Floor: 1.3, Target: 1.15, Stretch: 1.1},
	{ID: "19", Title: "peak RSS of CSV, big ≤ k × small", Ours: "rss csv big", Peer: "rss csv small", By: rss, Floor: 1.3, Target: 1.15, Stretch: 1.1},
	{ID: "19", Title: "peak RSS of JSONL, big ≤ k × small", Ours: "rss jsonl big", Peer: "rss jsonl small", By: rss, Floor: 1.3, Target: 1.15, Stretch: 1.1},
	{ID: "19", Title: "peak RSS of PostgreSQL, big ≤ k × small", Ours: "rss pg big", Peer: "rss pg small", By: rss, Floor: 1.3, Target: 1.15, Stretch: 1.1},
	{ID: "21", Title: "1 GB of text, two workers, wall, × faster than one", Ours: "text 2 workers", Peer: "text 1 worker", By: wall, Faster: true, Floor: 1.4, Target: 1.6, Stretch: 1.8, Check: "log.big"},
	{ID: "21", Title: "CSV→CSV with tokens, two workers, wall, × faster than one", Ours: "tokens 2 workers", Peer: "tokens 1 worker", By: wall, Faster: true, Floor: 1.5, Target: 1.7, Stretch: 1.9, Check: "tokenized"},
	{ID: "24", Title: "start on an empty file, CPU ≤ k × pdscan", Ours: "bezlik start", Peer: "pdscan start", By: cpu, Floor: 4, Target: 2, Stretch: 1},
}

// maxRSS is the absolute side of goal 19, in MB: floor, target, stretch.
var maxRSS = [3]float64{96, 64, 32}

// allocs is goal 25: benchmarks of the hot path and how many allocations a MiB may cost.
var allocs = struct {
	Packages []string
	Run      string
	Floor    float64
}{Packages: []string{"./detectors", "./pipeline"}, Run: "Find|Scan", Floor: 8}

// tables lists the goals whose commands take turns in one run.
var tables = [][]string{{"1", "2"}, {"3"}, {"4", "5"}, {"6", "7"}, {"9"}, {"11"}, {"12"}, {"15", "16"}, {"19"}, {"21"}, {"24"}}
