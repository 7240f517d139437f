package foreign

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/tlog"
)

func TestTorchwoodVerifiesTheProofOfAnEntryAndNoOther(t *testing.T) {
	policy := signedByLog(t)
	tree := must[tlog.Tree](t)(exported(t).tree(verifierKey(t)))
	files := must[[]string](t)(filepath.Glob(filepath.Join(setting(t, "PROOFS"), "*.tlog-proof")))
	if len(files) < 3 {
		t.Fatalf("%d proofs were made", len(files))
	}
	for _, file := range files {
		var index int64
		if _, err := fmt.Sscanf(filepath.Base(file), "%d.tlog-proof", &index); err != nil {
			t.Fatal(err)
		}
		proof := must[[]byte](t)(os.ReadFile(file))
		entry := must[[]byte](t)(exported(t).entry(tree, index))
		other := must[[]byte](t)(exported(t).entry(tree, index^1))
		if err := torchwood.VerifyProof(policy, tlog.RecordHash(entry), proof); err != nil {
			t.Errorf("entry %d: %v", index, err)
		}
		if torchwood.VerifyProof(policy, tlog.RecordHash(other), proof) == nil {
			t.Errorf("the proof of entry %d passes for another", index)
		}
		mutateProof(t, policy, tlog.RecordHash(entry), string(proof), index)
	}
}

func mutateProof(t *testing.T, policy torchwood.Policy, leaf tlog.Hash, proof string, index int64) {
	lines := strings.Split(proof, "\n")
	with := func(number int, to string) string {
		changed := append([]string{}, lines...)
		changed[number] = to
		return strings.Join(changed, "\n")
	}
	path := 2 // the first line of the path
	blank := 0
	for blank = path; lines[blank] != ""; blank++ {
	}
	without := func(number int) string {
		return strings.Join(append(append([]string{}, lines[:number]...), lines[number+1:]...), "\n")
	}
	none := tlog.Hash{}
	for name, mutated := range map[string]string{
		"another format":                  with(0, "c2sp.org/tlog-proof@v2"),
		"the index of its neighbour":      with(1, fmt.Sprintf("index %d", index^1)),
		"an index beyond the checkpoint":  with(1, "index 99999"),
		"a hash of the path altered":      with(path, none.String()),
		"a hash of the path left out":     without(path),
		"the last hash left out":          without(blank - 1),
		"a hash too many":                 with(blank-1, lines[blank-1]+"\n"+none.String()),
		"a checkpoint of another origin":  with(blank+1, "elsewhere/register"),
		"a checkpoint of fewer entries":   with(blank+2, "7"),
		"a checkpoint with another root":  with(blank+3, none.String()),
		"a checkpoint without signatures": strings.Join(lines[:blank+5], "\n"),
		"no checkpoint":                   strings.Join(lines[:blank+1], "\n"),
	} {
		if mutated == proof {
			t.Fatalf("%s is no mutation", name)
		}
		if torchwood.VerifyProof(policy, leaf, []byte(mutated)) == nil {
			t.Errorf("entry %d: %s was not found", index, name)
		}
	}
}
