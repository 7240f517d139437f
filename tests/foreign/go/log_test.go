package foreign

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/torchwood"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/fsck"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// setting gives what `run` has prepared.
func setting(t *testing.T, name string) string {
	t.Helper()
	value := os.Getenv("BRAID_" + name)
	if value == "" {
		t.Fatalf("BRAID_%s is not set: these tests are run by tests/foreign/run", name)
	}
	return value
}

func verifierKey(t *testing.T) string { return setting(t, "VERIFIER_KEY") }
func exported(t *testing.T) place     { return place(setting(t, "EXPORT")) }

// places gives the same log as files and over HTTP.
func places(t *testing.T) map[string]place {
	return map[string]place{"files": exported(t), "http": place(setting(t, "URL"))}
}

func must[T any](t *testing.T) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// everyEntryIncluded checks each entry of a log with the proofs of x/mod's tlog.
func everyEntryIncluded(p place, key string) error {
	tree, err := p.tree(key)
	if err != nil {
		return err
	}
	hashes := tlog.TileHashReader(tree, p)
	for index := int64(0); index < tree.N; index++ {
		entry, err := p.entry(tree, index)
		if err != nil {
			return err
		}
		proof, err := tlog.ProveRecord(tree.N, index, hashes)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
			return err
		}
	}
	return nil
}

// fsckOf is what Tessera's fsck does, over any fetcher. A worker of it ends with each fault it finds, and none may be left
// over to go on: so there are several.
// A bundle with an entry too few makes it panic, which is no approval either.
func fsckOf(fetcher fsck.Fetcher, key string) (found error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			found = fmt.Errorf("fsck: %v", panicked)
		}
	}()
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return err
	}
	leaves := func(bundle []byte) ([][]byte, error) {
		var entries api.EntryBundle
		if err := entries.UnmarshalText(bundle); err != nil {
			return nil, err
		}
		var hashes [][]byte
		for _, entry := range entries.Entries {
			hashes = append(hashes, rfc6962.DefaultHasher.HashLeaf(entry))
		}
		return hashes, nil
	}
	return fsck.New(verifier.Name(), verifier, fetcher, leaves, fsck.Opts{N: 8}).Check(context.Background())
}

func TestModTlogFindsEveryEntryIncluded(t *testing.T) {
	for name, p := range places(t) {
		t.Run(name, func(t *testing.T) {
			if err := everyEntryIncluded(p, verifierKey(t)); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestModTlogFindsTheEarlierExportConsistent(t *testing.T) {
	earlier := must[tlog.Tree](t)(place(setting(t, "EARLIER")).tree(verifierKey(t)))
	now := must[tlog.Tree](t)(exported(t).tree(verifierKey(t)))
	if earlier.N >= now.N || earlier.N < 2 {
		t.Fatalf("the log has not grown: %d, %d", earlier.N, now.N)
	}
	hashes := tlog.TileHashReader(now, exported(t))
	proof := must[tlog.TreeProof](t)(tlog.ProveTree(now.N, earlier.N, hashes))
	if err := tlog.CheckTree(proof, now.N, now.Hash, earlier.N, earlier.Hash); err != nil {
		t.Fatal(err)
	}
	another := earlier.Hash
	another[0] ^= 1
	shorter := proof[:len(proof)-1]
	altered := append(tlog.TreeProof{}, proof...)
	altered[0][31] ^= 1
	for name, err := range map[string]error{
		"another earlier root": tlog.CheckTree(proof, now.N, now.Hash, earlier.N, another),
		"another root now":     tlog.CheckTree(proof, now.N, another, earlier.N, earlier.Hash),
		"another earlier size": tlog.CheckTree(proof, now.N, now.Hash, earlier.N-1, earlier.Hash),
		"another size now":     tlog.CheckTree(proof, now.N*2, now.Hash, earlier.N, earlier.Hash),
		"a hash left out":      tlog.CheckTree(shorter, now.N, now.Hash, earlier.N, earlier.Hash),
		"a hash altered":       tlog.CheckTree(altered, now.N, now.Hash, earlier.N, earlier.Hash),
	} {
		if err == nil {
			t.Errorf("%s was not found", name)
		}
	}
}

func TestTesseraFsckFindsTheLogSound(t *testing.T) {
	if err := fsckOf(client.FileFetcher{Root: string(exported(t))}, verifierKey(t)); err != nil {
		t.Errorf("files: %v", err)
	}
	url := must[*urlOf](t)(parseURL(setting(t, "URL")))
	fetcher := must[*client.HTTPFetcher](t)(client.NewHTTPFetcher(url, nil))
	if err := fsckOf(fetcher, verifierKey(t)); err != nil {
		t.Errorf("HTTP: %v", err)
	}
}

func TestTorchwoodReadsEveryEntry(t *testing.T) {
	fetcher := must[*torchwood.TileFetcher](t)(torchwood.NewTileFetcher(setting(t, "URL")))
	reader := must[*torchwood.Client](t)(torchwood.NewClient(fetcher))
	policy := signedByLog(t)
	signed := must[[]byte](t)(fetcher.ReadEndpoint(t.Context(), "checkpoint"))
	checkpoint, _, err := torchwood.VerifyCheckpoint(signed, policy)
	if err != nil {
		t.Fatal(err)
	}
	read := int64(0)
	for index, entry := range reader.AllEntries(t.Context(), checkpoint.Tree, 0) {
		if index != read || len(entry) == 0 {
			t.Fatalf("entry %d comes as number %d", index, read)
		}
		read++
	}
	if err := reader.Err(); err != nil || read != checkpoint.N {
		t.Fatalf("%d of %d entries: %v", read, checkpoint.N, err)
	}
}

// copied makes a copy of the export that a mutation may alter.
func copied(t *testing.T) place {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "log")
	if err := os.CopyFS(folder, os.DirFS(string(exported(t)))); err != nil {
		t.Fatal(err)
	}
	return place(folder)
}

// change replaces a file by what it is changed to; nil removes it.
func (p place) change(t *testing.T, name string, to func([]byte) []byte) {
	t.Helper()
	file := filepath.Join(string(p), name)
	bytes := must[[]byte](t)(os.ReadFile(file))
	changed := to(append([]byte{}, bytes...))
	if changed == nil {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(changed) == string(bytes) {
		t.Fatalf("%s was not changed", name)
	}
	if err := os.WriteFile(file, changed, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestEachMutationOfTheExportIsFound(t *testing.T) {
	tree := must[tlog.Tree](t)(exported(t).tree(verifierKey(t)))
	if tree.N <= 512 || tree.N%256 < 2 {
		t.Fatalf("%d entries do not reach every row of the table", tree.N)
	}
	edge := func(folder string) string {
		tile := tlog.Tile{H: 8, L: 0, N: tree.N / 256, W: int(tree.N % 256)}
		return "tile/" + folder + "/" + strings.TrimPrefix(tile.Path(), "tile/8/0/")
	}
	top := strings.Replace(tlog.Tile{H: 8, L: 1, N: 0, W: int(tree.N / 256)}.Path(), "tile/8/", "tile/", 1)
	flip := func(at int) func([]byte) []byte {
		return func(bytes []byte) []byte { bytes[at] ^= 1; return bytes }
	}
	gone := func([]byte) []byte { return nil }
	shorter := func(bytes []byte) []byte { return bytes[:len(bytes)-1] }
	first := func(bundle []byte) int { return 2 + int(bundle[0])<<8 + int(bundle[1]) }
	line := func(number int, to string) func([]byte) []byte {
		return func(bytes []byte) []byte {
			lines := strings.Split(string(bytes), "\n")
			lines[number] = to
			return []byte(strings.Join(lines, "\n"))
		}
	}
	for _, row := range []struct {
		name, file string
		to         func([]byte) []byte
	}{
		{"a checkpoint of another origin", "checkpoint", line(0, "elsewhere/register")},
		{"a checkpoint of one more entry", "checkpoint", line(1, "99999")},
		{"a checkpoint of no entry", "checkpoint", line(1, "0")},
		{"a checkpoint with another root", "checkpoint", line(2, "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")},
		{"a checkpoint with a line added", "checkpoint", func(bytes []byte) []byte {
			return []byte(strings.Replace(string(bytes), "\n\n", "\nextension\n\n", 1))
		}},
		{"a checkpoint whose signature is altered", "checkpoint", func(bytes []byte) []byte {
			bytes[len(bytes)-10] ^= 3
			return bytes
		}},
		{"a checkpoint without signatures", "checkpoint", func(bytes []byte) []byte {
			return bytes[:strings.Index(string(bytes), "\n\n")+2]
		}},
		{"a checkpoint signed by another key", "checkpoint", func(bytes []byte) []byte {
			text, _, _ := strings.Cut(string(bytes), "\n\n")
			name, _, _ := strings.Cut(text, "\n")
			secret, _ := must2(note.GenerateKey(nil, name))
			signer, _ := note.NewSigner(secret)
			signed, _ := note.Sign(&note.Note{Text: text + "\n"}, signer)
			return signed
		}},
		{"no checkpoint", "checkpoint", gone},
		{"a hash of a full tile altered", "tile/0/000", flip(77)},
		{"a full tile cut", "tile/0/001", shorter},
		{"no full tile", "tile/0/001", gone},
		{"two hashes of a tile swapped", "tile/0/000", func(bytes []byte) []byte {
			return append(append(append([]byte{}, bytes[32:64]...), bytes[:32]...), bytes[64:]...)
		}},
		{"a hash of the last tile altered", edge("0"), flip(33)},
		{"no last tile", edge("0"), gone},
		{"a hash of the level above altered", top, flip(0)},
		{"no tile of the level above", top, gone},
		{"a byte of an entry altered", "tile/entries/000", flip(40)},
		{"a byte of the last bundle altered", edge("entries"), flip(40)},
		{"a length of an entry altered", "tile/entries/001", flip(1)},
		{"an entry removed", "tile/entries/000", func(bytes []byte) []byte { return bytes[first(bytes):] }},
		{"an entry doubled", "tile/entries/000", func(bytes []byte) []byte {
			return append(append([]byte{}, bytes[:first(bytes)]...), bytes...)
		}},
		{"two entries swapped", "tile/entries/000", func(bytes []byte) []byte {
			one := bytes[:first(bytes)]
			two := bytes[len(one) : len(one)+first(bytes[len(one):])]
			return append(append(append([]byte{}, two...), one...), bytes[len(one)+len(two):]...)
		}},
		{"a bundle cut", "tile/entries/001", shorter},
		{"no bundle", "tile/entries/000", gone},
	} {
		t.Run(row.name, func(t *testing.T) {
			altered := copied(t)
			altered.change(t, row.file, row.to)
			if fsckOf(client.FileFetcher{Root: string(altered)}, verifierKey(t)) == nil {
				t.Error("Tessera's fsck has not found it")
			}
			if everyEntryIncluded(altered, verifierKey(t)) == nil {
				t.Error("x/mod's tlog has not found it")
			}
		})
	}
}
