import * as vscode from 'vscode';
import type { Disposable } from '../core/lifecycle.js';
import { noteTreeNode } from './commandArguments.js';

/** What a node looks like: plain data, made by a pure function of the feature. */
export interface TreeItemData {
  /** Stable across refreshes, so that expansion and selection survive. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Markdown. */
  readonly tooltip?: string;
  readonly icon?: string;
  readonly iconColor?: string;
  readonly contextValue?: string;
  readonly collapsible?: 'none' | 'collapsed' | 'expanded';
  readonly command?: { readonly id: string; readonly title: string; readonly args?: unknown[] };
  /** What a screen reader says, where label and description do not say it all. */
  readonly accessibilityLabel?: string;
}

export interface TreeSource<Node> {
  children(node: Node | undefined): Promise<readonly Node[]> | readonly Node[];
  toItem(node: Node): TreeItemData;
  parent?(node: Node): Node | undefined;
}

/** A TreeDataProvider over plain nodes. */
export class Tree<Node extends object> implements vscode.TreeDataProvider<Node>, Disposable {
  private readonly changes = new vscode.EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.changes.event;

  constructor(private readonly source: TreeSource<Node>) {}

  refresh(node?: Node): void {
    this.changes.fire(node);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    return [...(await this.source.children(node))];
  }

  getParent(node: Node): Node | undefined {
    return this.source.parent?.(node);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    noteTreeNode(node);
    const data = this.source.toItem(node);
    const item = new vscode.TreeItem(data.label, collapsibleState(data.collapsible));
    item.id = data.id;
    if (data.description !== undefined) item.description = data.description;
    if (data.tooltip !== undefined) item.tooltip = new vscode.MarkdownString(data.tooltip, true);
    if (data.icon !== undefined) item.iconPath = themeIcon(data.icon, data.iconColor);
    if (data.contextValue !== undefined) item.contextValue = data.contextValue;
    if (data.accessibilityLabel !== undefined) {
      item.accessibilityInformation = { label: data.accessibilityLabel };
    }
    if (data.command) {
      const { id, title, args } = data.command;
      item.command = { command: id, title, arguments: args ?? [node] };
    }
    return item;
  }

  dispose(): void {
    this.changes.dispose();
  }
}

function themeIcon(icon: string, color: string | undefined): vscode.ThemeIcon {
  return new vscode.ThemeIcon(icon, color ? new vscode.ThemeColor(color) : undefined);
}

function collapsibleState(state: TreeItemData['collapsible']): vscode.TreeItemCollapsibleState {
  if (state === 'expanded') return vscode.TreeItemCollapsibleState.Expanded;
  if (state === 'collapsed') return vscode.TreeItemCollapsibleState.Collapsed;
  return vscode.TreeItemCollapsibleState.None;
}

/** A node's `contextValue` for `viewItem =~ /…/`: always in the same order and between dots. */
export function contextWords(kind: string, words: readonly string[]): string {
  return `${kind}.${words.filter(Boolean).join('.')}.`;
}
