package sqlite

import (
	"testing"

	"github.com/go-limbeck/limbeck/internal/draws"
)

func TestMain(m *testing.M) { draws.Main(m) }
