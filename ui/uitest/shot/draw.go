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

type faces struct{ regular, bold font.Face }

func loadFaces(dir string) (faces, error) {
	load := func(name string) (font.Face, error) {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, fmt.Errorf("read the font (package fonts-dejavu-core): %w", err)
		}
		parsed, err := opentype.Parse(raw)
		if err != nil {
			return nil, fmt.Errorf("parse %s: %w", name, err)
		}
		return opentype.NewFace(parsed, &opentype.FaceOptions{Size: points, DPI: 72, Hinting: font.HintingFull})
	}
	regular, err := load("DejaVuSansMono.ttf")
	if err != nil {
		return faces{}, err
	}
	bold, err := load("DejaVuSansMono-Bold.ttf")
	return faces{regular, bold}, err
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
		if cell != nil {
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
	box := cellBox(x, y, max(1, cell.Width))
	imagedraw.Draw(picture, box, image.NewUniform(bg), image.Point{}, imagedraw.Src)
	face := faces.regular
	if cell.Style.Attrs&uv.AttrBold != 0 {
		face = faces.bold
	}
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
