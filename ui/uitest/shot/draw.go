package main

import (
	"fmt"
	"image"
	"image/color"
	imagedraw "image/draw"
	"os"
	"path/filepath"

	uv "github.com/charmbracelet/ultraviolet"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"zgoda/ui/uitest/term"
)

// The cell of DejaVu Sans Mono at this size, and the border around the screen.
const (
	points   = 16
	cellW    = 10
	cellH    = 20
	baseline = 15
	border   = 14
)

var (
	paper = color.RGBA{0x16, 0x18, 0x1d, 0xff}
	ink   = color.RGBA{0xd8, 0xda, 0xde, 0xff}
)

// faces are the two weights, and one more for what they lack: Chinese and
// Japanese names. It is nil where package fonts-droid-fallback is not installed.
type faces struct {
	regular, bold, other font.Face
	glyphs               *opentype.Font // of regular: what it has
}

// otherFont is where the third face comes from.
const otherFont = "droid/DroidSansFallbackFull.ttf"

// of is the face that has the grapheme.
func (f faces) of(content string, bold bool) font.Face {
	face := f.regular
	if bold {
		face = f.bold
	}
	var buf sfnt.Buffer
	for _, r := range content {
		// Index 0 is the box that stands for a missing glyph.
		if at, err := f.glyphs.GlyphIndex(&buf, r); err == nil && at == 0 && f.other != nil {
			return f.other
		}
	}
	return face
}

func loadOther(dir string) font.Face {
	raw, err := os.ReadFile(filepath.Join(filepath.Dir(dir), otherFont))
	if err != nil {
		return nil
	}
	parsed, err := opentype.Parse(raw)
	if err != nil {
		return nil
	}
	face, err := sized(parsed)
	if err != nil {
		return nil
	}
	return face
}

func loadFaces(dir string) (faces, error) {
	load := func(name string) (*opentype.Font, font.Face, error) {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, nil, fmt.Errorf("read the font (package fonts-dejavu-core): %w", err)
		}
		parsed, err := opentype.Parse(raw)
		if err != nil {
			return nil, nil, fmt.Errorf("parse %s: %w", name, err)
		}
		face, err := sized(parsed)
		return parsed, face, err
	}
	glyphs, regular, err := load("DejaVuSansMono.ttf")
	if err != nil {
		return faces{}, err
	}
	_, bold, err := load("DejaVuSansMono-Bold.ttf")
	return faces{regular, bold, loadOther(dir), glyphs}, err
}

func sized(parsed *opentype.Font) (font.Face, error) {
	return opentype.NewFace(parsed, &opentype.FaceOptions{Size: points, DPI: 72, Hinting: font.HintingFull})
}

// draw paints the terminal's cells; a wide grapheme takes the room of two.
func draw(terminal *term.Terminal, w, h int, fontDir string) (image.Image, error) {
	faces, err := loadFaces(fontDir)
	if err != nil {
		return nil, err
	}
	picture := image.NewRGBA(image.Rect(0, 0, w*cellW+2*border, h*cellH+2*border))
	imagedraw.Draw(picture, picture.Bounds(), image.NewUniform(paper), image.Point{}, imagedraw.Src)
	cursorX, cursorY, shown := terminal.Draw(func(x, y int, cell *uv.Cell) {
		if cell != nil && cell.Width > 0 { // the second cell of a wide grapheme has none
			paint(picture, faces, x, y, cell)
		}
	})
	if shown {
		box := cellBox(cursorX, cursorY, 1)
		imagedraw.Draw(picture, image.Rect(box.Min.X, box.Max.Y-2, box.Max.X, box.Max.Y), image.NewUniform(ink), image.Point{}, imagedraw.Src)
	}
	return picture, nil
}

func cellBox(x, y, width int) image.Rectangle {
	return image.Rect(border+x*cellW, border+y*cellH, border+(x+width)*cellW, border+(y+1)*cellH)
}

func paint(picture *image.RGBA, faces faces, x, y int, cell *uv.Cell) {
	fg, bg := color.Color(ink), color.Color(paper)
	if cell.Style.Fg != nil {
		fg = cell.Style.Fg
	}
	if cell.Style.Bg != nil {
		bg = cell.Style.Bg
	}
	if cell.Style.Attrs&uv.AttrReverse != 0 {
		fg, bg = bg, fg
	}
	if cell.Style.Attrs&uv.AttrFaint != 0 {
		fg = blend(fg, bg)
	}
	box := cellBox(x, y, cell.Width)
	imagedraw.Draw(picture, box, image.NewUniform(bg), image.Point{}, imagedraw.Src)
	face := faces.of(cell.Content, cell.Style.Attrs&uv.AttrBold != 0)
	drawer := font.Drawer{Dst: picture, Src: image.NewUniform(fg), Face: face, Dot: fixed.P(box.Min.X, box.Min.Y+baseline)}
	drawer.DrawString(cell.Content)
	if cell.Style.Underline != 0 {
		imagedraw.Draw(picture, image.Rect(box.Min.X, box.Max.Y-3, box.Max.X, box.Max.Y-2), image.NewUniform(fg), image.Point{}, imagedraw.Src)
	}
}

func blend(a, b color.Color) color.Color {
	ar, ag, ab, _ := a.RGBA()
	br, bg, bb, _ := b.RGBA()
	mix := func(x, y uint32) uint8 { return uint8((x*6 + y*4) / 10 >> 8) }
	return color.RGBA{mix(ar, br), mix(ag, bg), mix(ab, bb), 0xff}
}
