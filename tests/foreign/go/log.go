// Package foreign holds what Braid publishes against the clients that others wrote.
package foreign

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A place where a log lies: a folder, or an address.
type place string

func (p place) fetch(name string) ([]byte, error) {
	if !strings.HasPrefix(string(p), "http://") {
		return os.ReadFile(filepath.Join(string(p), name))
	}
	answer, err := http.Get(string(p) + "/" + name)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", name, answer.Status)
	}
	return io.ReadAll(answer.Body)
}

// Height, ReadTiles and SaveTiles make a place a tlog.TileReader. The names of golang.org/x/mod have
// the height of the tiles in them, those of C2SP tlog-tiles have not.
func (p place) Height() int { return 8 }

func (p place) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		bytes, err := p.fetch("tile/" + strings.TrimPrefix(tile.Path(), "tile/8/"))
		if err != nil {
			return nil, err
		}
		all = append(all, bytes)
	}
	return all, nil
}

func (p place) SaveTiles([]tlog.Tile, [][]byte) {}

// tree gives what the checkpoint says, if the key signed it. A checkpoint of C2SP has the lines of
// x/mod's trees behind another first line.
func (p place) tree(key string) (tlog.Tree, error) {
	signed, err := p.fetch("checkpoint")
	if err != nil {
		return tlog.Tree{}, err
	}
	return treeOf(signed, key)
}

func treeOf(signed []byte, key string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	origin, rest, _ := strings.Cut(opened.Text, "\n")
	if origin != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("origin %q", origin)
	}
	return tlog.ParseTree([]byte("go.sum database tree\n" + rest))
}

// entry gives one entry out of its bundle.
func (p place) entry(tree tlog.Tree, index int64) ([]byte, error) {
	tile := tlog.Tile{H: 8, L: 0, N: index / 256, W: int(min(256, tree.N-index/256*256))}
	bundle, err := p.fetch("tile/entries/" + strings.TrimPrefix(tile.Path(), "tile/8/0/"))
	if err != nil {
		return nil, err
	}
	for i := int64(0); ; i++ {
		if len(bundle) < 2 {
			return nil, fmt.Errorf("bundle %d ends before entry %d", tile.N, index)
		}
		size := int(bundle[0])<<8 | int(bundle[1])
		if len(bundle) < 2+size {
			return nil, fmt.Errorf("bundle %d ends within an entry", tile.N)
		}
		if i == index%256 {
			return bundle[2 : 2+size], nil
		}
		bundle = bundle[2+size:]
	}
}
