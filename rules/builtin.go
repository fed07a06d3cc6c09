package rules

import (
	"embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed policies/*.yaml policies/profiles/*.yaml
var shipped embed.FS

// BuiltinIDs lists the policies that come with the program.
func BuiltinIDs() []string { return shippedIDs("policies") }

// BuiltinProfileIDs lists the profiles that come with the program.
func BuiltinProfileIDs() []string { return shippedIDs("policies/profiles") }

// Builtin returns a policy that comes with the program.
func Builtin(id string) (*Policy, error) {
	data, err := BuiltinFile(id)
	if err != nil {
		return nil, err
	}
	return ReadPolicy(id+".yaml", data)
}

// BuiltinFile returns the text of a policy that comes with the program.
func BuiltinFile(id string) ([]byte, error) {
	data, err := shipped.ReadFile("policies/" + id + ".yaml")
	if err != nil {
		return nil, unknown("policy", id, BuiltinIDs())
	}
	return data, nil
}

// BuiltinSource is BuiltinFile for callers who know that the policy is there: nil if it is not.
func BuiltinSource(id string) []byte {
	data, err := BuiltinFile(id)
	if err != nil {
		return nil
	}
	return data
}

// BuiltinProfile returns a profile that comes with the program.
func BuiltinProfile(id string) (*Profile, error) {
	data, err := shipped.ReadFile("policies/profiles/" + id + ".yaml")
	if err != nil {
		return nil, unknown("profile", id, BuiltinProfileIDs())
	}
	return ReadProfile(id+".yaml", data)
}

// DefaultProfile returns the policy's default profile, or nil if it has none.
func DefaultProfile(p *Policy) *Profile {
	pr, err := BuiltinProfile(p.DefaultProfile)
	if err != nil {
		return nil
	}
	return pr
}

func shippedIDs(dir string) []string {
	entries, _ := shipped.ReadDir(dir)
	var ids []string
	for _, e := range entries {
		if id, ok := strings.CutSuffix(e.Name(), ".yaml"); ok {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

func unknown(what, id string, known []string) error {
	text := fmt.Sprintf("there is no built-in %s %q", what, id)
	if hint := didYouMean(id, known); hint != "" {
		return fmt.Errorf("%s; %s", text, hint)
	}
	return fmt.Errorf("%s; there are: %s", text, strings.Join(known, ", "))
}
