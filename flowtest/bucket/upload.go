package bucket

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"sort"
	"strconv"
	"strings"
	"time"
)

// upload is one that comes in parts.
type upload struct {
	name   string
	header http.Header
	parts  map[int][]byte
	begun  time.Time
}

func (b *Bucket) serveUpload(w http.ResponseWriter, r *http.Request, name string, q url.Values) {
	id := q.Get("uploadId")
	u := b.uploads[id]
	switch {
	case r.Method == http.MethodPost && q.Has("uploads"):
		b.begin(w, r, name)
	case u == nil || u.name != name:
		refuse(w, http.StatusNotFound, "NoSuchUpload")
	case r.Method == http.MethodPut:
		number, err := strconv.Atoi(q.Get("partNumber"))
		data, ok := body(w, r)
		if !ok {
			return
		}
		if err != nil || number < 1 {
			refuse(w, http.StatusBadRequest, "InvalidPart")
			return
		}
		u.parts[number] = data
		w.Header().Set("ETag", quotedSum(data))
	case r.Method == http.MethodPost:
		b.complete(w, r, id, u)
	case r.Method == http.MethodDelete:
		delete(b.uploads, id)
		w.WriteHeader(http.StatusNoContent)
	default:
		refuse(w, http.StatusNotImplemented, "NotImplemented")
	}
}

func (b *Bucket) begin(w http.ResponseWriter, r *http.Request, name string) {
	b.serial++
	id := "upload-" + strconv.Itoa(b.serial)
	b.uploads[id] = &upload{name: name, header: r.Header.Clone(), parts: map[int][]byte{}, begun: time.Now()}
	answer(w, struct {
		XMLName     xml.Name `xml:"InitiateMultipartUploadResult"`
		Bucket, Key string
		UploadID    string `xml:"UploadId"`
	}{Bucket: "weir", Key: name, UploadID: id})
}

// complete joins the parts that the request names, in their order.
func (b *Bucket) complete(w http.ResponseWriter, r *http.Request, id string, u *upload) {
	var asked struct {
		Part []struct {
			PartNumber int
			ETag       string
		}
	}
	if err := xml.NewDecoder(r.Body).Decode(&asked); err != nil || len(asked.Part) == 0 {
		refuse(w, http.StatusBadRequest, "MalformedXML")
		return
	}
	var data []byte
	for _, p := range asked.Part {
		part, ok := u.parts[p.PartNumber]
		if !ok || strings.Trim(p.ETag, `"`) != strings.Trim(quotedSum(part), `"`) {
			refuse(w, http.StatusBadRequest, "InvalidPart")
			return
		}
		data = append(data, part...)
	}
	delete(b.uploads, id)
	o := newObject(data, u.header)
	b.objects[u.name] = o
	answer(w, struct {
		XMLName     xml.Name `xml:"CompleteMultipartUploadResult"`
		Bucket, Key string
		ETag        string
	}{Bucket: "weir", Key: u.name, ETag: o.etag})
}

func (b *Bucket) listUploads(w http.ResponseWriter, q url.Values) {
	type begun struct {
		Key       string
		UploadID  string `xml:"UploadId"`
		Initiated string
	}
	out := struct {
		XMLName xml.Name `xml:"ListMultipartUploadsResult"`
		Upload  []begun
	}{}
	for id, u := range b.uploads {
		if strings.HasPrefix(u.name, q.Get("prefix")) {
			out.Upload = append(out.Upload, begun{u.name, id, u.begun.UTC().Format(time.RFC3339)})
		}
	}
	sort.Slice(out.Upload, func(i, j int) bool { return out.Upload[i].UploadID < out.Upload[j].UploadID })
	answer(w, out)
}
