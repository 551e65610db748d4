package installation_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"

	"github.com/weir-run/weir/installation"
)

// composed is the part of docker-compose.yml that its test looks at.
type composed struct {
	Services map[string]struct {
		Image       string
		Profiles    []string
		Command     []string
		Restart     string
		Ports       []string
		Environment map[string]string
		Volumes     []string
		Build       *struct{ Context, Dockerfile string }
		Healthcheck *struct{ Test []string }
		DependsOn   map[string]struct{ Condition string } `yaml:"depends_on"`
	}
	Volumes map[string]any
}

func readCompose(t *testing.T) (string, composed) {
	t.Helper()
	text, err := os.ReadFile("../docker-compose.yml")
	require.NoError(t, err)
	var file composed
	require.NoError(t, yaml.Unmarshal(text, &file))
	require.NotEmpty(t, file.Services)
	return string(text), file
}

var pinned = regexp.MustCompile(`:(RELEASE\.\d{4}-|v?\d+\.\d+)[\w.-]*$`)

func TestComposeServicesArePinnedHealthyAndLocal(t *testing.T) {
	t.Parallel()
	_, file := readCompose(t)
	for name, s := range file.Services {
		if s.Build == nil {
			require.Regexp(t, pinned, s.Image, "%s: the image is pinned to a release", name)
			require.NotContains(t, s.Image, "auto-setup", name)
			require.False(t, strings.HasPrefix(s.Image, "minio/"), "%s: MinIO's images left Docker Hub", name)
		} else {
			_, err := os.Stat("../" + s.Build.Dockerfile)
			require.NoError(t, err, name)
		}
		for _, p := range s.Profiles {
			require.Contains(t, []string{"laptop", "server"}, p, name)
		}
		require.NotEmpty(t, s.Profiles, name)
		job := strings.HasPrefix(s.Restart, "on-failure")
		require.Equal(t, !job, s.Healthcheck != nil, "%s: what stays up has a health check", name)
		for _, port := range s.Ports {
			require.True(t, strings.HasPrefix(port, "127.0.0.1:"), "%s publishes %s on more than the loopback address", name, port)
		}
		for _, v := range s.Volumes {
			from, _, _ := strings.Cut(v, ":")
			if strings.HasPrefix(from, "./") {
				_, err := os.Stat("../" + from)
				require.NoError(t, err, name)
			} else {
				require.Contains(t, file.Volumes, from, name)
			}
		}
		for other, need := range s.DependsOn {
			require.Contains(t, file.Services, other, name)
			otherJob := strings.HasPrefix(file.Services[other].Restart, "on-failure")
			require.Equal(t, otherJob, need.Condition == "service_completed_successfully", "%s waits for %s", name, other)
			for _, p := range s.Profiles {
				require.Contains(t, file.Services[other].Profiles, p, "%s needs %s, which its profile leaves out", name, other)
			}
		}
	}
}

func TestComposeSpeaksOfVariablesThatWeirKnows(t *testing.T) {
	t.Parallel()
	text, file := readCompose(t)
	known := map[string]installation.Variable{}
	for _, v := range installation.Variables {
		known[v.Name] = v
	}
	example, err := os.ReadFile("../docker/example.env")
	require.NoError(t, err)
	for _, name := range regexp.MustCompile(`WEIR_[A-Z0-9_]+`).FindAllString(text+string(example), -1) {
		require.Contains(t, known, name)
	}
	for name, role := range map[string]installation.Role{
		"weir": installation.Worker | installation.Gateway, "worker": installation.Worker, "gateway": installation.Gateway,
	} {
		require.Contains(t, file.Services, name)
		for _, v := range installation.Variables {
			if v.Needed&role != 0 {
				require.NotEmpty(t, file.Services[name].Environment[v.Name], "%s lacks %s", name, v.Name)
			}
		}
	}
	for _, line := range strings.Split(string(example), "\n") {
		if name, value, ok := strings.Cut(line, "="); ok && known[name].Secret {
			require.Empty(t, value, "%s: an example holds no secret", name)
		}
	}
}
